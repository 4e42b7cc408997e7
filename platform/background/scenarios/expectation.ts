import { TesseraError } from '../../access/errors.ts'
import { unlimitedRights } from '../../access/rights.ts'
import { describeProcess, listWorkItems } from '../../processes/index.ts'
import {
  getRecord,
  listRecords,
  readingWork,
  type RecordValues,
  type UnitOfWork,
} from '../../records/index.ts'
import { isBlank, isSame } from '../../records/values.ts'
import type { Principal } from '../../access/principal.ts'
import type { FieldModel } from '../../definitions/model/model.ts'
import { Deviation, type Stage } from '../stage/index.ts'
import type { RecordExpectation } from './document.ts'

/** A record that a scenario knows by a name. */
export interface NamedRecord {
  readonly object: string
  readonly id: string
}

/** Somebody's view, or everything there is where nobody is named. */
export function viewOf(stage: Stage, by: Principal | undefined): UnitOfWork {
  const unit = readingWork(stage.work(by ?? stage.system))
  return by === undefined ? { ...unit, rights: unlimitedRights } : unit
}

/** @throws Deviation where the record is not as expected */
export async function expectRecord(
  stage: Stage,
  options: {
    expectation: RecordExpectation
    target: NamedRecord
    by: Principal | undefined
    /** The expected values, names replaced by ids. */
    values: RecordValues
  },
): Promise<void> {
  const { expectation, target, by, values } = options
  const unit = viewOf(stage, by)
  const record = await getRecord(unit, target).catch((error: unknown) => {
    if (error instanceof TesseraError && (error.code === 'not_found' || error.code === 'forbidden'))
      return undefined
    throw error
  })
  if (expectation.hidden === true) {
    if (record !== undefined) throw new Deviation('the record can be seen')
    return
  }
  if (record === undefined) throw new Deviation('the record cannot be seen')
  expectState(stage, { expectation, target, record })
  for (const [name, expected] of Object.entries(values))
    expectValue({ field: fieldOf(stage, target.object, name), record, expected })
  if (expectation.holds !== undefined) await expectCondition(unit, target, expectation.holds)
  if (expectation.tags !== undefined) await expectTags(unit, target, expectation.tags)
  if (expectation.possible !== undefined) await expectPossible(unit, target, expectation.possible)
  if (expectation.work !== undefined)
    await expectWork(unit, { target, count: expectation.work, isOwn: by !== undefined })
  if (expectation.told !== undefined) await expectTold(unit, { target, count: expectation.told, by })
}

function expectState(
  { model }: Stage,
  options: { expectation: RecordExpectation; target: NamedRecord; record: RecordValues },
): void {
  const { expectation, target, record } = options
  if (expectation.state === undefined) return
  const field = model.objects.get(target.object)?.lifecycle?.stateField
  if (field === undefined) throw new Deviation(`no process governs ${target.object}`)
  if (record[field] !== expectation.state)
    throw new Deviation(`the state is "${String(record[field])}", not "${expectation.state}"`)
}

function fieldOf({ model }: Stage, object: string, name: string): FieldModel {
  const field = model.objects.get(object)?.fields.get(name)
  if (field === undefined) throw new Deviation(`${object} has no field "${name}"`)
  return field
}

/** Compared as stored: "10" and "10.00" are the same amount. */
function expectValue(options: { field: FieldModel; record: RecordValues; expected: unknown }): void {
  const { field, record, expected } = options
  const found = record[field.name]
  const stored = (value: unknown) => {
    const checked = isBlank(value) ? undefined : field.type.check(value, field.context)
    return checked?.ok === true ? checked.value : value
  }
  if (!isSame(stored(found), stored(expected)))
    throw new Deviation(`${field.name} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
}

async function expectCondition(unit: UnitOfWork, { object, id }: NamedRecord, holds: string): Promise<void> {
  const filter = `record.id == '${id}' && (${holds})`
  const { rows } = await listRecords(unit, { object, filter, fields: ['id'], limit: 1 })
  if (rows.length === 0) throw new Deviation(`it does not hold that ${holds}`)
}

async function expectTags(unit: UnitOfWork, target: NamedRecord, expected: readonly string[]): Promise<void> {
  const { tags, parts } = await describeProcess(unit, target)
  const found = [...new Set([tags, ...parts.map((part) => part.tags)].flat().map(({ value }) => value))]
  if (!isSame(found.toSorted(), expected.toSorted()))
    throw new Deviation(`the tags are ${found.join(', ') || 'none'}, not ${expected.join(', ') || 'none'}`)
}

async function expectPossible(
  unit: UnitOfWork,
  target: NamedRecord,
  expected: readonly string[],
): Promise<void> {
  const { events } = await describeProcess(unit, target)
  const possible = events.filter((event) => event.possible).map((event) => event.name)
  if (!isSame(possible.toSorted(), expected.toSorted()))
    throw new Deviation(`possible are ${possible.join(', ') || 'none'}, not ${expected.join(', ') || 'none'}`)
}

async function expectWork(
  unit: UnitOfWork,
  options: { target: NamedRecord; count: number; isOwn: boolean },
): Promise<void> {
  const { target, count, isOwn } = options
  const items = isOwn
    ? (await listWorkItems(unit)).filter(({ record }) => record.id === target.id)
    : await listWorkItems(unit, { record: target.id })
  if (items.length !== count) throw new Deviation(`${items.length} work items are open, not ${count}`)
}

async function expectTold(
  unit: UnitOfWork,
  { target, count, by }: { target: NamedRecord; count: number; by: Principal | undefined },
): Promise<void> {
  const [found] = (await unit.sql.unsafe(
    `select count(*)::int as told from _notification
     where record = $1::uuid and ($2::uuid is null or recipient = $2::uuid)`,
    [target.id, by?.userId ?? null],
  )) as unknown as [{ told: number }]
  if (found.told !== count)
    throw new Deviation(`there are ${found.told} notifications about the record, not ${count}`)
}
