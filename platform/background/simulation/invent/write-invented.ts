import { TesseraError, type Fault } from '../../../access/errors.ts'
import type { FieldModel } from '../../../definitions/model/model.ts'
import type { RecordValues } from '../../../records/index.ts'
import type { Invented } from './invent-record.ts'

export interface InventedWrite<T> {
  /** What the declaration says; it stays as it is. */
  readonly said: RecordValues
  /** What was made up; changed until it passes. */
  readonly invented: Invented
  readonly fields: ReadonlyMap<string, FieldModel>
  /** Fields of lines, by the field that holds them. */
  linesOf(field: FieldModel): ReadonlyMap<string, FieldModel>
  invent(field: FieldModel): Promise<unknown>
  write(values: RecordValues): Promise<T>
}

const attempts = 6

/**
 * Writes values of which some are made up, as a person would who reads what is wrong: what turns out to be required is
 * filled in, what does not apply or may be left out is left out, and anything else is chosen anew.
 * @throws TesseraError where what is said is refused, or where nothing that is made up passes
 */
export async function writeInvented<T>(options: InventedWrite<T>): Promise<T> {
  const { said, invented } = options
  let first: unknown
  for (let attempt = 1; ; attempt++)
    try {
      return await options.write({ ...invented, ...said })
    } catch (error) {
      first ??= error
      const isFault = error instanceof TesseraError && error.code === 'validation'
      // What was wrong to begin with says more than what came of the attempts to repair it.
      if (!isFault || attempt === attempts || !(await repairAll(options, error.faults))) throw first
    }
}

/** Whether there is anything that can be done about the faults. */
async function repairAll<T>(options: InventedWrite<T>, faults: readonly Fault[]): Promise<boolean> {
  const repaired = new Set<string>()
  for (const fault of faults) {
    const field = options.fields.get(fault.field ?? '')
    const at = `${fault.field} ${fault.path}`
    if (field === undefined || field.name in options.said || repaired.has(at)) continue
    repaired.add(at)
    const [row, name = ''] = fault.path?.split('/') ?? []
    const rows = options.invented[field.name]
    const isRow = field.lines !== undefined && row !== undefined && Array.isArray(rows)
    const inner = isRow ? options.linesOf(field).get(name) : undefined
    const place = inner === undefined ? options.invented : ((rows as Invented[])[Number(row)] ?? {})
    await repair(options, { field: inner ?? field, place, code: fault.code })
  }
  return repaired.size > 0
}

async function repair<T>(
  options: InventedWrite<T>,
  { field, place, code }: { field: FieldModel; place: Invented; code: string },
): Promise<void> {
  const isOptional = !field.isRequired && field.name in place && code !== 'required'
  const value = isOptional || code === 'not_applicable' ? undefined : await options.invent(field)
  if (value === undefined) delete place[field.name]
  else place[field.name] = value
}
