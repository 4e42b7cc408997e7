import { v7 as uuidv7 } from 'uuid'
import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { userVariable } from '../../access/principal.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { forbidden } from '../explain/forbidden.ts'
import { isBlank, type RecordValues } from '../values.ts'
import { auditRights } from './audited.ts'
import { evaluationRecord, loadForRules, recordPaths } from './evaluation.ts'
import { applyHook } from './hook.ts'
import { checkIncoming } from './incoming.ts'
import { checkLinesOpen } from './locks.ts'
import { writeMany } from './many.ts'
import { insertRow } from './inserts-together.ts'
import { changesBetween, searchTokens } from './outgoing.ts'
import type { LinesWriter, WriteOptions } from './request.ts'
import { refreshRollups } from './rollups.ts'
import { ruleFaults } from './rules.ts'
import { drawNumber } from './sequences.ts'
import { fieldSlots, writableFields } from './statements.ts'

/** The creation of one record; its lines are written by the given writer. See createRecord. */
export async function createRow(
  unit: UnitOfWork,
  request: { object: string; values: RecordValues },
  write: WriteOptions,
  writeLines: LinesWriter,
): Promise<RecordValues> {
  const object = creatableObject(unit, request.object)
  const id = write.id ?? uuidv7()
  const faults: Fault[] = []
  const incoming = checkIncoming(unit, { object, input: request.values, before: undefined, write, faults })
  const start = beginLifecycle(unit, { object, values: incoming.values, write, faults })
  if (faults.length > 0) throw invalid(faults)

  let values = await withDefaults(unit, object, incoming.values)
  if (start !== undefined) values[object.lifecycle?.stateField as string] = start.state
  values = await applyHook(unit, { action: 'create', object, id, before: undefined, values })
  const broken = await ruleFaults(unit, {
    object,
    before: undefined,
    after: withLines(values, incoming.lines),
  })
  if (broken.length > 0) throw invalid(broken)
  for (const field of object.fields.values())
    if (field.sequence !== undefined) values[field.name] = await draw(unit, field)

  const fields = [
    ...writableFields(object),
    ...(object.isOwned ? [object.fields.get('owner') as FieldModel] : []),
  ]
  const changes = changesBetween(object.fields.values(), undefined, values)
  let record = await insertRow(unit, {
    object,
    environment: {
      id,
      ...fieldSlots(fields, values),
      tokens: searchTokens(object, values),
      action: 'create',
      changes,
    },
  })
  auditRights(unit, { object, id, action: 'create', changes })
  await checkLinesOpen(unit, { object, rows: [record], write })
  const many = [...object.fields.values()].filter(
    (field) => field.joinTable !== undefined && !isBlank(values[field.name]),
  )
  for (const field of many) await writeMany(unit, field, id, { ids: values[field.name] as string[] })
  const lines = await writeLines(unit, { object, parent: id, lines: incoming.lines, isNew: true, write })
  await refreshRollups(unit, { object, before: undefined, after: record, changed: 'all' })
  const reload = async () => (await loadForRules(unit, { object: object.name, id, paths: [] })) ?? record
  // What was inserted knows neither its lines and their sums nor its many-to-many references.
  if (Object.keys(lines).length > 0 || many.length > 0) record = await reload()
  if (unit.model.serviceLevels.has(object.name))
    await unit.ports.clocks?.written(unit, { object, record, isNew: true })
  if (unit.model.triggersOfWrites.has(object.name))
    await unit.ports.triggers?.written(unit, {
      kind: 'create',
      object,
      record,
      before: undefined,
      fields: new Set(),
    })
  const isMoved = (await start?.after(unit, record)) === true
  return isMoved ? reload() : record
}

function creatableObject(unit: UnitOfWork, name: string): ObjectModel {
  const object = unit.model.objects.get(name)
  const granted = unit.rights.object(name)
  if (object === undefined || (granted.read.length === 0 && !granted.create))
    throw new TesseraError('not_found', `There is no object "${name}", or you may not see it.`)
  if (!granted.create)
    throw forbidden(unit, `Your roles (${unit.rights.roles || 'none'}) may not create ${name} records.`, {
      object,
      action: 'create',
      level: 'object',
    })
  return object
}

function beginLifecycle(
  unit: UnitOfWork,
  options: { object: ObjectModel; values: Record<string, unknown>; write: WriteOptions; faults: Fault[] },
) {
  const { object, values, write, faults } = options
  if (object.lifecycle === undefined || unit.ports.lifecycle === undefined) return undefined
  const asked = values[object.lifecycle.stateField]
  try {
    return unit.ports.lifecycle.begin(unit, {
      object,
      state: isBlank(asked) ? undefined : String(asked),
      entry: write.entry,
    })
  } catch (error) {
    if (!(error instanceof TesseraError) || error.code !== 'validation') throw error
    faults.push(...error.faults)
    return undefined
  }
}

async function withDefaults(
  unit: UnitOfWork,
  object: ObjectModel,
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = { ...given }
  const user = userVariable(unit.principal)
  const computed: FieldModel[] = []
  for (const field of object.fields.values()) {
    if (!isBlank(values[field.name]) || field.name in given) continue
    if (field.defaultValue !== undefined) values[field.name] = field.defaultValue
    else if (field.defaultExpression !== undefined) computed.push(field)
  }
  if (computed.length > 0) {
    const paths = recordPaths(
      computed.map((field) => field.defaultExpression).filter((each) => each !== undefined),
    )
    for (const field of computed) {
      const record = await evaluationRecord(unit, { object, values, paths })
      const value = field.defaultExpression?.evaluate({ record, user }, unit.moment)
      values[field.name] = normalised(field, value)
    }
  }
  if (object.isOwned && isBlank(values.owner)) values.owner = unit.principal.userId ?? null
  return values
}

/** A computed value passes the check of its field's type like any other. */
export function normalised(field: FieldModel, value: unknown): unknown {
  if (isBlank(value)) return null
  const checked = field.type.check(value, field.context)
  if (!checked.ok) throw invalid([{ field: field.name, code: checked.code, message: checked.message }])
  return checked.value
}

async function draw(unit: UnitOfWork, field: FieldModel): Promise<string> {
  const sequence = unit.model.sequences.get(field.sequence as string)
  if (sequence === undefined)
    throw new Error(`Field ${field.object}.${field.name} draws from an unknown sequence.`)
  return drawNumber(unit, sequence)
}

function withLines(
  values: RecordValues,
  lines: ReadonlyMap<FieldModel, readonly RecordValues[]>,
): RecordValues {
  return { ...values, ...Object.fromEntries([...lines].map(([field, rows]) => [field.name, rows])) }
}
