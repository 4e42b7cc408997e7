import { invalid, type Fault } from '../../access/errors.ts'
import type { BeforeWrite, UnitOfWork } from '../unit-of-work.ts'
import { isBlank } from '../values.ts'

/** Lets plugins look at what will be written; what they change passes the checks of its types again. */
export async function applyHook(unit: UnitOfWork, write: BeforeWrite): Promise<Record<string, unknown>> {
  if (unit.ports.beforeWrite === undefined) return { ...write.values }
  const changed = await unit.ports.beforeWrite(unit, write)
  const values: Record<string, unknown> = { ...write.values }
  const faults: Fault[] = []
  for (const [name, value] of Object.entries(changed)) {
    if (value === write.values[name]) continue
    const field = write.object.fields.get(name)
    if (field === undefined || field.type.storage === 'computed' || field.type.name === 'state') {
      faults.push({
        field: name,
        code: 'hook',
        message: 'was set by a plugin, but is not a field that plugins may set',
      })
      continue
    }
    const checked = isBlank(value)
      ? { ok: true as const, value: null }
      : field.type.check(value, field.context)
    if (checked.ok) values[name] = checked.value
    else faults.push({ field: name, code: checked.code, message: checked.message })
  }
  if (faults.length > 0) throw invalid(faults)
  return values
}
