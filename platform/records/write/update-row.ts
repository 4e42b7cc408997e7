import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { getRecord, readLines } from '../read/get.ts'
import { readableObject } from '../read/selection.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isSame, type RecordValues } from '../values.ts'
import { auditRights } from './audited.ts'
import { applyHook } from './hook.ts'
import { checkIncoming, type Incoming } from './incoming.ts'
import { checkLinesOpen, lockFaults } from './locks.ts'
import { completed, linksIn, unseenLinks, writeMany } from './many.ts'
import { changesBetween, runWrite, searchTokens } from './outgoing.ts'
import { lockPrior } from './prior.ts'
import { guessedReferences } from './guessed-references.ts'
import type { LinesWriter, WriteOptions } from './request.ts'
import { refreshRollups } from './rollups.ts'
import { ruleFaults } from './rules.ts'
import { fieldSlots, updateStatement } from './statements.ts'

export interface UpdateRequest {
  readonly object: string
  readonly id: string
  readonly values: RecordValues
  /** The version that the caller has seen; without it the last writer wins. */
  readonly version?: number
}

/** The change of one record; its lines are written by the given writer. See updateRecord. */
export async function updateRow(
  unit: UnitOfWork,
  request: UpdateRequest,
  write: WriteOptions,
  writeLines: LinesWriter,
): Promise<RecordValues> {
  const object = readableObject({ ...unit, object: request.object })
  const before = write.prior ?? (await lockPrior(unit, { object, id: request.id, action: 'update' }))
  if (request.version !== undefined && request.version !== before.version)
    await refuseStale(unit, { object, before, request })

  const faults: Fault[] = []
  const incoming = checkIncoming(unit, { object, input: request.values, before, write, faults })
  faults.push(...lockFaults(unit, { object, before, names: () => changedNames(before, incoming), write }))
  if (faults.length > 0) throw await withPossibleEvents(unit, { object, before, faults })
  const guessed = await guessedReferences(unit, { object, before, values: incoming.values, write })
  const unseen = await unseenLinks(unit, { object, before, values: incoming.values })
  const merged = { ...before, ...incoming.values, ...completed(incoming.values, unseen) }
  const hooked = await applyHook(unit, { action: 'update', object, id: request.id, before, values: merged })
  const fields = changedFields(object, before, hooked)
  const broken = await ruleFaults(unit, { object, before, after: hooked })
  if (broken.length > 0) throw invalid(broken)

  const many = fields.filter((field) => field.joinTable !== undefined)
  for (const field of many)
    await writeMany(unit, field, request.id, {
      ids: linksIn(hooked, field.name),
      unseen: linksIn(unseen, field.name),
    })
  const lines = await writeLines(unit, {
    object,
    parent: request.id,
    lines: incoming.lines,
    isNew: false,
    write,
  })
  if (fields.length === 0 && guessed.length === 0 && Object.keys(lines).length === 0) return before

  const columns = [...new Set([...fields, ...guessed])].filter((field) => field.columns.length > 0)
  const hasTokens = object.searchFields.some((field) => fields.includes(field))
  const after = await runWrite(unit, {
    object,
    compiled: updateStatement(unit, object, columns, hasTokens),
    environment: {
      id: request.id,
      ...fieldSlots(columns, hooked),
      ...(hasTokens ? { tokens: searchTokens(object, hooked) } : {}),
      action: 'update',
      changes: { ...changesBetween(fields, before, hooked), ...lines },
    },
  })
  auditRights(unit, {
    object,
    id: request.id,
    action: 'update',
    changes: changesBetween(fields, before, hooked),
  })
  await checkLinesOpen(unit, { object, rows: [before, after], write })
  // What waits for the sums of lines is told where these are computed.
  if (fields.length === 0) return after
  const changed = new Set(fields.map((field) => field.name))
  await refreshRollups(unit, { object, before, after, changed })
  if (object.lifecycle !== undefined)
    await unit.ports.lifecycle?.changed(unit, { object, record: after, fields: changed })
  if (unit.model.serviceLevels.has(object.name))
    await unit.ports.clocks?.written(unit, { object, record: after, isNew: false })
  if ((await unit.ports.waits?.isWatched(unit, object.name)) === true)
    await unit.ports.waits?.written(unit, { object, ids: [request.id] })
  if (unit.model.triggersOfWrites.has(object.name))
    await unit.ports.triggers?.written(unit, {
      kind: 'update',
      object,
      record: after,
      before,
      fields: changed,
    })
  return after
}

/** Lines count as changed: their rows are compared one by one when they are written. */
function changedNames(before: RecordValues, { values, lines }: Incoming): readonly string[] {
  const changed = Object.keys(values).filter((name) => !isSame(before[name], values[name]))
  return [...changed, ...[...lines.keys()].map(({ name }) => name)]
}

function changedFields(
  object: ObjectModel,
  before: RecordValues,
  after: RecordValues,
): readonly FieldModel[] {
  return [...object.fields.values()].filter(
    (field) =>
      field.type.storage !== 'computed' &&
      field.lines === undefined &&
      (!field.isSystem || field.name === 'owner') &&
      !isSame(before[field.name], after[field.name]),
  )
}

async function refuseStale(
  unit: UnitOfWork,
  options: { object: ObjectModel; before: RecordValues; request: UpdateRequest },
): Promise<never> {
  const { object, before, request } = options
  const rows = await unit.sql.unsafe(
    `select distinct jsonb_object_keys(changes) as field from _change where object = $1::text and record = $2::uuid and version > $3::int`,
    [object.name, request.id, request.version as number],
  )
  const isSeen = (name: string) => unit.rights.object(object.name).field(name) !== 'hidden'
  const changed = rows.map((row) => (row as unknown as { field: string }).field).filter(isSeen)
  const current: Record<string, unknown> = {
    ...(await getRecord(unit, { object: object.name, id: request.id, hasLines: false })),
  }
  for (const name of changed) {
    const field = object.fields.get(name)
    if (field?.lines !== undefined) current[name] = await readLines(unit, field, request.id)
  }
  throw new TesseraError(
    'conflict',
    `This ${object.name} was changed by somebody else in the meantime (version ${String(before.version)}, yours is ${request.version}).`,
    { members: { current, changed } },
  )
}

/** A refused change of state says what can be done instead. */
async function withPossibleEvents(
  unit: UnitOfWork,
  options: { object: ObjectModel; before: RecordValues; faults: readonly Fault[] },
): Promise<TesseraError> {
  const { object, before, faults } = options
  if (!faults.some((fault) => fault.code === 'state') || unit.ports.lifecycle === undefined)
    return invalid(faults)
  const possible = await unit.ports.lifecycle.possibleEvents(unit, object, before)
  const text = possible.length === 0 ? 'none is possible now' : `possible now: ${possible.join(', ')}`
  const named = faults.map((fault) =>
    fault.code === 'state' ? { ...fault, message: `${fault.message} (${text})` } : fault,
  )
  return new TesseraError('validation', invalid(named).message, { faults: named, members: { possible } })
}
