import type { FieldModel } from '../../definitions/model/model.ts'
import { isSame } from '../../records/values.ts'
import { Unreconstructed } from './archive.ts'
import type { RecordedChange, RecordHistory } from './recorded.ts'

/**
 * A moment in the history: changes up to `floor` came before it, those from `ceiling` on after it, and between them the
 * clock tells. What was changed in the very same millisecond may have come before or after.
 */
export interface Position {
  /** Milliseconds. */
  readonly at: number
  readonly floor: number
  readonly ceiling: number
  /** Changes in the same millisecond came before: those of the transaction that creates a record with its rows. */
  readonly isBeginning?: boolean
}

/**
 * The value that a stored field had, rolled back from what is stored now.
 * @throws Unreconstructed where the history does not tell
 */
export function pastValue(history: RecordHistory, field: FieldModel, position: Position): unknown {
  const { object, current } = history
  const name = `${object.name}.${field.name}`
  if (current === null) throw new Unreconstructed(`the ${object.name} is not there any more`)
  if (field.name === 'id' || field.name === 'created_at' || field.name === 'created_by')
    return current[field.name]
  if (field.rollup !== undefined)
    throw new Unreconstructed(`${name} is a roll-up over other records, of which no history is kept`)
  if (!object.hasHistory) throw new Unreconstructed(`of "${object.name}" no history is kept`)
  const { before, between, after } = sorted(history.changes, position)
  checkComplete(history, { before, following: [...between, ...after] })
  if (field.isSystem && field.name !== 'owner') return traceOf(field, { before, between })
  if (between.some(({ changes }) => field.name in changes))
    throw new Unreconstructed(`${name} was changed in the same millisecond as the step`)
  let value: unknown = current[field.name] ?? null
  for (const { changes } of after.toReversed()) {
    const change = changes[field.name]
    if (change === undefined) continue
    if (!agree(change.to, value)) throw new Unreconstructed(`${name} was changed without a history`)
    value = change.from
  }
  return value
}

/**
 * Whether a record was there.
 * @throws Unreconstructed where the history does not tell
 */
export function wasThere({ object, changes }: RecordHistory, position: Position): boolean {
  const lives = changes.filter(({ action }) => ['create', 'delete', 'restore'].includes(action))
  const { before, between } = sorted(lives, position)
  if (lives[0]?.action !== 'create' || between.length > 0)
    throw new Unreconstructed(`it is not recorded when this ${object.name} came and went`)
  return before.length > 0 && before.at(-1)?.action !== 'delete'
}

interface Sorted {
  readonly before: readonly RecordedChange[]
  readonly between: readonly RecordedChange[]
  readonly after: readonly RecordedChange[]
}

function sorted(changes: readonly RecordedChange[], position: Position): Sorted {
  const groups = Map.groupBy(
    changes.filter(({ action }) => action !== 'note'),
    (change) => sideOf(change, position),
  )
  return {
    before: groups.get('before') ?? [],
    between: groups.get('between') ?? [],
    after: groups.get('after') ?? [],
  }
}

function sideOf({ id, at }: RecordedChange, position: Position): keyof Sorted {
  if (id <= position.floor) return 'before'
  if (id >= position.ceiling) return 'after'
  const moment = Date.parse(at)
  if (moment === position.at) return position.isBeginning === true ? 'before' : 'between'
  return moment < position.at ? 'before' : 'after'
}

/** Every change counts the version up by one: a gap means that something was changed without a history. */
function checkComplete(
  { object, current }: RecordHistory,
  { before, following }: { before: readonly RecordedChange[]; following: readonly RecordedChange[] },
): void {
  let version = before.at(-1)?.version ?? 0
  for (const change of following) {
    if (change.version !== version + 1)
      throw new Unreconstructed(
        `the history of this ${object.name} has a gap before version ${change.version}`,
      )
    version = change.version
  }
  if (version !== Number(current?.version))
    throw new Unreconstructed(`this ${object.name} was changed without a history`)
}

/** updated_at and updated_by are those of the last change. */
function traceOf(field: FieldModel, { before, between }: Pick<Sorted, 'before' | 'between'>): unknown {
  const last = before.at(-1)
  if (last === undefined || between.length > 0)
    throw new Unreconstructed(`it is not recorded when the record had been changed last`)
  return field.name === 'updated_by' ? last.by : last.at
}

/** Whether two values are the same, however their decimals are written. */
export function agree(left: unknown, right: unknown): boolean {
  return isSame(left, right) || isSame(plain(left), plain(right))
}

function plain(value: unknown): unknown {
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
