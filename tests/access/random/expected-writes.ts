import { isDeepStrictEqual } from 'node:util'
import type { RecordValues } from '../../../platform/records/index.ts'
import { nameAt } from './documents.ts'
import { parentOf, type Oracle } from './oracle.ts'
import { objectOf, recordOf } from './reads.ts'
import { withRow, type Row } from './store.ts'
import { roleNames } from './world.ts'
import type { WriteSpec } from './writes.ts'

export interface ExpectedWrite {
  /** Several where a deletion meets references, whose chains are not followed here. */
  readonly results: readonly ('ok' | 'not_found' | 'refused')[]
  readonly row?: Row
}

const notFound: ExpectedWrite = { results: ['not_found'] }
const refused: ExpectedWrite = { results: ['refused'] }

/** What the declarations let the person do, and the row as it is then. */
export function expectWrite(oracle: Oracle, spec: WriteSpec, values: RecordValues): ExpectedWrite {
  const object = objectOf(spec)
  if (!oracle.knows(object)) return notFound
  if (spec.kind === 'create') return expectCreation(oracle, object, values)
  if (!oracle.reads(object)) return refused
  const row = recordOf(oracle, spec)
  if (spec.kind === 'upsert') return expectUpsert(oracle, object, values)
  if (spec.kind === 'close' || spec.kind === 'reopen')
    return expectEvent(oracle, object, { row, event: spec.kind })
  if (row === undefined || !oracle.may('read', row)) return notFound
  if ((row.deleted_at !== null) !== (spec.kind === 'restore')) return notFound
  if (!oracle.may(spec.kind === 'update' ? 'update' : 'delete', row)) return refused
  if (spec.kind === 'update') return expectChange(oracle, row, values)
  if (object.endsWith('_row') && oracle.field(parentOf(object), 'rows') !== 'write') return refused
  return spec.kind === 'delete' && isReferredTo(oracle, row)
    ? { results: ['ok', 'refused'] }
    : { results: ['ok'] }
}

function expectUpsert(oracle: Oracle, object: string, values: RecordValues): ExpectedWrite {
  if (object.endsWith('_row') || oracle.field(object, 'code') === 'hidden' || typeof values.code !== 'string')
    return refused
  const found = oracle.store.all(object).find((each) => each.code === values.code && oracle.sees(each))
  if (found === undefined) return expectCreation(oracle, object, values)
  return oracle.may('update', found) ? expectChange(oracle, found, values) : refused
}

function expectCreation(oracle: Oracle, object: string, values: RecordValues): ExpectedWrite {
  if (!oracle.creates(object)) return refused
  const given = Object.entries(values).filter(([name, value]) => !(name === 'state' && value === null))
  if (!given.every(([name]) => isWritable(oracle, object, name))) return refused
  const { me } = oracle
  const plain = given.filter(([name]) => name !== 'rows')
  const isRow = object.endsWith('_row')
  const blank = Object.fromEntries(Object.keys(oracle.fields(object)).map((name) => [name, null]))
  const own = !isRow && oracle.spec(object).isOwned ? { owner: me.userId } : {}
  const state = !isRow && oracle.spec(object).isGoverned ? { state: 'open' } : {}
  const trace = { created_by: me.userId, updated_by: me.userId, deleted_at: null }
  const row = {
    ...blank,
    many: [],
    ...own,
    ...state,
    ...Object.fromEntries(plain),
    ...trace,
    id: 'new',
    object,
  } as unknown as Row
  if (row[isRow ? 'text' : 'name'] === null || (isRow && row.parent === null)) return refused
  const after = oracle.over(withRow(oracle.store, row))
  if (!areReferencesGood(oracle, object, values) || isCodeTaken(oracle, row)) return refused
  if (isRow && oracle.field(parentOf(object), 'rows') !== 'write') return refused
  if (!after.may(isRow ? 'update' : 'read', row)) return refused
  if (values.rows !== undefined && !areRowsGood(after, row, values.rows as readonly RecordValues[]))
    return refused
  return { results: ['ok'], row }
}

function expectChange(oracle: Oracle, before: Row, values: RecordValues): ExpectedWrite {
  const { object } = before
  const isSame = (name: string, value: unknown) =>
    isDeepStrictEqual(oracle.value(before, name), value ?? null)
  const links = linksOf(oracle, before, values)
  const given = Object.entries(values)
  if (given.some(([name]) => oracle.field(object, name) === 'hidden')) return refused
  if (
    !given.every(
      ([name, value]) => isWritable(oracle, object, name) || (name !== 'rows' && isSame(name, value)),
    )
  )
    return refused
  if (given.some(([name, value]) => isGuess(oracle, before, name, value))) return refused
  const changed = Object.fromEntries(
    given.filter(
      ([name, value]) =>
        name !== 'rows' && isWritable(oracle, object, name) && !isSame(name, links[name] ?? value),
    ),
  )
  const hasRows = values.rows !== undefined
  const row = {
    ...before,
    ...changed,
    ...linksOf(oracle, before, values),
    updated_by: oracle.me.userId,
  } as Row
  if (row[object.endsWith('_row') ? 'text' : 'name'] === null) return refused
  if (object.endsWith('_row') && row.parent === null) return refused
  // Judged by the rows as they are then: a record may refer to itself.
  const after = oracle.over(withRow(oracle.store, row))
  if (!areReferencesGood(after, object, changed) || isCodeTaken(oracle, row)) return refused
  const isWritten = Object.keys(changed).length > 0
  if (isWritten && !after.may('update', row)) return refused
  if (isWritten && object.endsWith('_row') && oracle.field(parentOf(object), 'rows') !== 'write')
    return refused
  if (hasRows && !areRowsGood(oracle, before, values.rows as readonly RecordValues[])) return refused
  // Whether rows alone make it a change of their record is told by what becomes of them.
  if (hasRows && !isWritten && !after.may('update', row)) return { results: ['ok', 'refused'] }
  return { results: ['ok'], row: isWritten ? row : before }
}

/** A reference that is sent back as it is, though what it leads to may not be seen: the answer would confirm a guess. */
function isGuess(oracle: Oracle, before: Row, name: string, value: unknown): boolean {
  const { to, isMany, isLines } = oracle.fields(before.object)[name] ?? {}
  if (to === undefined || to === 'user' || isMany === true || isLines === true || value === null) return false
  return before[name] === value && !oracle.isOpen(to) && !oracle.sees(oracle.store.find(to, value))
}

/** Links that the person does not see stay. */
function linksOf(oracle: Oracle, { object, many }: Row, values: RecordValues): RecordValues {
  if (values.many === undefined) return {}
  const { to = '' } = oracle.fields(object).many ?? {}
  const unseen = (many as readonly string[]).filter((id) => !oracle.sees(oracle.store.find(to, id)))
  return { many: [...new Set([...(values.many as readonly string[]), ...unseen])].sort() }
}

function expectEvent(
  oracle: Oracle,
  object: string,
  { row, event }: { row: Row | undefined; event: 'close' | 'reopen' },
): ExpectedWrite {
  if (object.endsWith('_row') || !oracle.spec(object).isGoverned || !oracle.sees(row)) return notFound
  const { roles, when, needs } = oracle.spec(object).event
  if ((event === 'reopen' || needs === 'update') && !oracle.may('update', row)) return refused
  if (row.state !== (event === 'close' ? 'open' : 'closed')) return refused
  if (event === 'close') {
    if (roles !== null && !roles.some((role) => oracle.me.roles.includes(roleNames[role] as string)))
      return refused
    if (when !== null && !oracle.holds(when, row)) return refused
  }
  return { results: ['ok'] }
}

/** Whether people may fill a field in, in a record or a row. */
function isWritable(oracle: Oracle, object: string, name: string): boolean {
  if (
    ['id', 'shown', 'total', 'state', 'created_at', 'created_by', 'updated_at', 'updated_by'].includes(name)
  )
    return false
  const referring = oracle.world.objects.some(({ refersTo }) => nameAt(refersTo) === object)
  return oracle.field(object, name) === 'write' && !(name === 'referrers' && referring)
}

/** What is referred to may be seen and may be chosen; colleagues may be named by everybody. */
function areReferencesGood(oracle: Oracle, object: string, values: RecordValues): boolean {
  return Object.entries(values).every(([name, value]) => {
    const { to, isLines } = oracle.fields(object)[name] ?? {}
    if (to === undefined || isLines === true || value === null || name === 'parent') return true
    return [value].flat().every((id) => {
      const target = oracle.store.find(to, id)
      if (to === 'user') return target?.deleted_at === null
      if (!oracle.sees(target)) return false
      const { choice } = oracle.spec(object)
      return name !== 'ref' || choice === null || oracle.holds(choice, target)
    })
  })
}

function isCodeTaken(oracle: Oracle, row: Row): boolean {
  const { code, object, id } = row
  return (
    typeof code === 'string' &&
    oracle.store.all(object).some((each) => each.code === code && each.id !== id && each.deleted_at === null)
  )
}

/** Rows that come, change and go with their record. */
function areRowsGood(oracle: Oracle, record: Row, rows: readonly RecordValues[]): boolean {
  const object = `${record.object}_row`
  if (rows.length > 0 && !oracle.knows(object)) return false
  const kept = rows.map(({ id }) => id)
  const gone = oracle.rows(record).filter(({ id }) => !kept.includes(id))
  if (gone.length > 0 && !oracle.may('update', record)) return false
  return rows.every(({ id, ...values }) => {
    const before = id === undefined ? undefined : oracle.store.find(object, id)
    const isUntouched = (name: string) =>
      before !== undefined &&
      isDeepStrictEqual(before[name], values[name]) &&
      oracle.field(object, name) !== 'hidden'
    if (!Object.keys(values).every((name) => isWritable(oracle, object, name) || isUntouched(name)))
      return false
    if (before === undefined && (!oracle.creates(object) || !isWritable(oracle, object, 'parent')))
      return false
    return before !== undefined || oracle.may('update', record)
  })
}

/** Whether anything that is stored stands in the way of a deletion, as far as one looks without following chains. */
function isReferredTo(oracle: Oracle, { id }: Row): boolean {
  const hasChains = oracle.world.objects.some(({ onDelete }) => onDelete === 'cascade')
  return (
    hasChains ||
    oracle.world.objects.some((_, at) => oracle.store.all(nameAt(at)).some((row) => row.ref === id))
  )
}
