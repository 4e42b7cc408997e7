import { isDeepStrictEqual } from 'node:util'
import { nameAt } from './documents.ts'
import type { Oracle } from './oracle.ts'
import { objectOf, recordOf, sorted, type Outcome, type ReadSpec } from './reads.ts'
import type { Change, Row } from './store.ts'
import { objectNames } from './world.ts'

/** What the declarations let the person be told. */
export function expectRead(oracle: Oracle, spec: ReadSpec): Outcome {
  if (spec.kind === 'search') return { answer: sorted(oracleSearch(oracle, spec.text)) }
  const object =
    spec.kind === 'list' || spec.kind === 'get' || spec.kind === 'aggregate'
      ? objectOf(spec)
      : nameAt(spec.object)
  if (spec.kind === 'choosable') return expectChoosable(oracle, object, spec.field)
  if (!oracle.knows(object)) return { refused: 'not_found' }
  if (!oracle.reads(object)) return { refused: 'forbidden' }
  switch (spec.kind) {
    case 'list':
      return expectList(oracle, object, spec)
    case 'get': {
      const row = recordOf(oracle, spec)
      return oracle.sees(row) ? { answer: whole(oracle, row) } : { refused: 'not_found' }
    }
    case 'aggregate':
      return expectAggregate(oracle, object, spec)
    case 'timeline': {
      const row = recordOf(oracle, { ...spec, isRows: false })
      return oracle.sees(row) ? { answer: oracleTimeline(oracle, row) } : { refused: 'not_found' }
    }
  }
}

function expectList(oracle: Oracle, object: string, spec: Extract<ReadSpec, { kind: 'list' }>): Outcome {
  const named = spec.fields.length === 0 ? undefined : spec.fields
  const asked = [...spec.expand, ...spec.sort.map(({ path: by }) => by)]
  const isKnown =
    spec.fields.every((each) => oracle.showsPath(object, each)) &&
    asked.every((each) => oracle.knowsPath(object, each)) &&
    (spec.filter === null || oracle.knowsCondition(object, spec.filter))
  const isSortable = spec.sort.every(({ path: by }) => isOrdered(oracle, object, by))
  const isExpandable = spec.expand.every((each) => expandsTo(oracle, object, each) !== undefined)
  const isSearchable =
    spec.search === null ||
    searchFields(oracle, object).every((each) => oracle.field(object, each) !== 'hidden')
  if (!isKnown || !isSortable || !isExpandable || !isSearchable) return { refused: 'validation' }
  const rows = oracle.store
    .all(object)
    .filter(
      (row) =>
        (spec.isDeleted
          ? row.deleted_at !== null && oracle.may('read', row) && oracle.may('delete', row)
          : oracle.sees(row)) &&
        (spec.filter === null || oracle.holds(spec.filter, row, true)) &&
        (spec.search === null || isFound(oracle, row, spec.search)),
    )
  const ordered = rows.toSorted((a, b) => {
    for (const { path: by, isDescending } of spec.sort) {
      const order = compare(oracle.at(a, by, true), oracle.at(b, by, true), isDescending)
      if (order !== 0) return order
    }
    return compare(a.id, b.id, spec.sort[0]?.isDescending ?? true)
  })
  const shown = ordered.map((row) => listed(oracle, row, { named, expand: spec.expand }))
  return { answer: { rows: shown.slice(0, 2 * spec.limit), count: rows.length } }
}

function expectAggregate(
  oracle: Oracle,
  object: string,
  spec: Extract<ReadSpec, { kind: 'aggregate' }>,
): Outcome {
  const asked = [...spec.groupBy, spec.measured]
  const isKnown =
    asked.every((each) => oracle.knowsPath(object, each)) &&
    (spec.filter === null || oracle.knowsCondition(object, spec.filter))
  if (!isKnown || !spec.groupBy.every((each) => isPlain(oracle, object, each)))
    return { refused: 'validation' }
  if (!isPlain(oracle, object, spec.measured)) return { refused: 'validation' }
  const rows = oracle.store
    .all(object)
    .filter((row) => oracle.sees(row) && (spec.filter === null || oracle.holds(spec.filter, row, true)))
  const keyOf = (row: Row) =>
    Object.fromEntries(spec.groupBy.map((by) => [by.join('.'), oracle.at(row, by, true)]))
  const groups =
    spec.groupBy.length === 0 ? [rows] : [...Map.groupBy(rows, (row) => JSON.stringify(keyOf(row))).values()]
  return {
    answer: sorted(
      groups.map((group) => ({
        key: group[0] === undefined ? {} : keyOf(group[0]),
        n: group.length,
        filled: group.filter((row) => oracle.at(row, spec.measured, true) !== null).length,
      })),
    ),
  }
}

function expectChoosable(oracle: Oracle, object: string, field: 'ref' | 'many'): Outcome {
  const to = oracle.fields(object)[field]?.to as string
  if (!oracle.knows(to)) return { refused: 'not_found' }
  if (!oracle.reads(to)) return { refused: 'forbidden' }
  if (oracle.field(object, field) === 'hidden') return { refused: 'bad_request' }
  const { choice } = oracle.spec(object)
  const fits = (row: Row) => field === 'many' || choice === null || oracle.holds(choice, row, true)
  return {
    answer: oracle.store
      .all(to)
      .filter((row) => oracle.sees(row) && fits(row))
      .map(({ id }) => id),
  }
}

function oracleSearch(oracle: Oracle, text: string) {
  return objectNames
    .filter(
      (object) =>
        oracle.reads(object) &&
        ['name', ...searchFields(oracle, object)].every((each) => oracle.field(object, each) !== 'hidden'),
    )
    .flatMap((object) =>
      oracle.store.all(object).filter((row) => oracle.sees(row) && isFound(oracle, row, text)),
    )
    .map((row) => ({ object: row.object, id: row.id, title: String(row.name) }))
}

function searchFields(oracle: Oracle, object: string): readonly string[] {
  return object.endsWith('_row') ? ['text'] : oracle.spec(object).search
}

function isFound(oracle: Oracle, row: Row, text: string): boolean {
  return searchFields(oracle, row.object).some((field) =>
    String(row[field] ?? '')
      .split(' ')
      .some((word) => word.startsWith(text)),
  )
}

/** A record as getRecord gives it: every field that may be seen, and the rows of its lines. */
function whole(oracle: Oracle, row: Row): Record<string, unknown> {
  const record = listed(oracle, row, { named: undefined, expand: [] })
  for (const [field, { isLines }] of Object.entries(oracle.fields(row.object)))
    if (isLines === true && oracle.field(row.object, field) !== 'hidden')
      record[field] = oracle.rows(row).map((each) => {
        const isSeen = oracle.field(each.object, 'item') !== 'hidden'
        return listed(oracle, each, { named: undefined, expand: isSeen ? [['item']] : [] })
      })
  return record
}

function listed(
  oracle: Oracle,
  row: Row,
  {
    named,
    expand,
  }: { named: readonly (readonly string[])[] | undefined; expand: readonly (readonly string[])[] },
): Record<string, unknown> {
  const every = Object.entries(oracle.fields(row.object))
    .filter(
      ([field, { isLines }]) =>
        isLines !== true && (oracle.field(row.object, field) !== 'hidden' || oracle.masks(row.object, field)),
    )
    .map(([field]) => [field])
  const titled = expand.map((each) => {
    const to = expandsTo(oracle, row.object, each) as string
    const title = to.endsWith('_row') ? 'text' : 'name'
    return [...each, oracle.field(to, title) === 'hidden' ? 'id' : title]
  })
  return { ...branch(oracle, row, [...(named ?? every), ...titled]), version: row.version }
}

function branch(oracle: Oracle, row: Row, wanted: readonly (readonly string[])[]): Record<string, unknown> {
  const record: Record<string, unknown> = { id: row.id }
  for (const [field = '', own] of Map.groupBy(wanted, ([first]) => first)) {
    const { to, isLines, isMany } = oracle.fields(row.object)[field] ?? {}
    const deeper = own.map((each) => each.slice(1)).filter((each) => each.length > 0)
    if (isLines === true) continue
    if (deeper.length === 0) record[field] = oracle.shown(row, field)
    else if (isMany === true)
      record[field] = (row.many as readonly string[]).flatMap((id) => {
        const target = oracle.store.find(to as string, id)
        return oracle.sees(target) ? [branch(oracle, target, deeper)] : []
      })
    else {
      const target = oracle.store.find(to as string, row[field])
      record[field] = oracle.sees(target) ? branch(oracle, target, deeper) : null
    }
  }
  return record
}

/** The object of what a path leads to, whether it ends in a reference to one record or to many. */
function expandsTo(oracle: Oracle, object: string, by: readonly string[]): string | undefined {
  const holder = by.length === 1 ? object : leadsTo(oracle, object, by.slice(0, -1))
  const shape = holder === undefined ? undefined : oracle.fields(holder)[by.at(-1) as string]
  return shape?.isLines === true ? undefined : shape?.to
}

/** The object at which a path of references ends; undefined where it ends in something else. */
function leadsTo(oracle: Oracle, object: string, by: readonly string[]): string | undefined {
  return by.reduce<string | undefined>((at, field) => {
    const shape = at === undefined ? undefined : oracle.fields(at)[field]
    return shape?.isMany === true || shape?.isLines === true ? undefined : shape?.to
  }, object)
}

function shapeAt(oracle: Oracle, object: string, by: readonly string[]) {
  const holder = by.length === 1 ? object : leadsTo(oracle, object, by.slice(0, -1))
  return holder === undefined ? undefined : oracle.fields(holder)[by.at(-1) as string]
}

function isPlain(oracle: Oracle, object: string, by: readonly string[]): boolean {
  const shape = shapeAt(oracle, object, by)
  return shape !== undefined && shape.isMany !== true && shape.isLines !== true
}

function isOrdered(oracle: Oracle, object: string, by: readonly string[]): boolean {
  return isPlain(oracle, object, by)
}

/** Blanks come last in both directions. */
function compare(a: unknown, b: unknown, isDescending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (a === b) return 0
  return ((a as number) < (b as number) ? -1 : 1) * (isDescending ? -1 : 1)
}

/** Fields that may be seen, and of references what may be seen behind them; what looks the same did not change. */
function oracleTimeline(oracle: Oracle, row: Row): readonly Change[] {
  const shown = (field: string, value: unknown) => {
    const { to, isMany } = oracle.fields(row.object)[field] ?? {}
    const isSeen = (id: unknown) =>
      oracle.isOpen(to as string) || oracle.sees(oracle.store.find(to as string, id))
    if (to === undefined || value === null) return value
    if (isMany === true) return (value as readonly string[]).filter(isSeen)
    return isSeen(value) ? value : null
  }
  const blank = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)
  return oracle.store.history(row.id).map((changes) =>
    Object.fromEntries(
      Object.entries(changes)
        .filter(([field]) => field !== 'rows' && oracle.field(row.object, field) !== 'hidden')
        .map(([field, { from, to }]) => [field, { from: shown(field, from), to: shown(field, to) }] as const)
        .filter(([, { from, to }]) => !isDeepStrictEqual(from, to) && !(blank(from) && blank(to))),
    ),
  )
}
