import fc from 'fast-check'
import { TesseraError } from '../../../platform/access/errors.ts'
import {
  aggregateRecords,
  getRecord,
  listRecords,
  recordTimeline,
  searchEverywhere,
  type ListRequest,
  type UnitOfWork,
} from '../../../platform/records/index.ts'
import { expressionOf, nameAt } from './documents.ts'
import type { Oracle } from './oracle.ts'
import type { Row } from './store.ts'
import { condition, objectNames, plainFields, secrets, words, type Condition } from './world.ts'

/** What a question comes to: an answer, or the code of the refusal. */
export type Outcome = { readonly answer: unknown } | { readonly refused: string }

export type ReadSpec =
  | {
      readonly kind: 'list'
      readonly object: number
      readonly isRows: boolean
      readonly fields: readonly (readonly string[])[]
      readonly expand: readonly (readonly string[])[]
      readonly filter: Condition | null
      readonly sort: readonly { readonly path: readonly string[]; readonly isDescending: boolean }[]
      readonly search: string | null
      readonly isDeleted: boolean
      readonly limit: number
    }
  | { readonly kind: 'get'; readonly object: number; readonly isRows: boolean; readonly record: number }
  | {
      readonly kind: 'aggregate'
      readonly object: number
      readonly isRows: boolean
      readonly groupBy: readonly (readonly string[])[]
      readonly measured: readonly string[]
      readonly filter: Condition | null
    }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'timeline'; readonly object: number; readonly record: number }
  | { readonly kind: 'choosable'; readonly object: number; readonly field: 'ref' | 'many' }

const name = fc.constantFrom(...plainFields, 'owner', 'id')
const path = fc.oneof(
  { weight: 3, arbitrary: name.map((each) => [each]) },
  { weight: 1, arbitrary: name.map((each) => ['ref', each]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['owner', 'name'],
      ['created_by', 'team', 'name'],
      ['ref', 'ref', 'secret'],
      ['item', 'name'],
      ['item', 'secret'],
      ['parent', 'secret'],
      ['text'],
      ['amount'],
      ['parent'],
      ['item'],
      ['nothing'],
    ),
  },
)
const object = fc.nat({ max: objectNames.length - 1 })
const isRows = fc.integer({ min: 0, max: 3 }).map((at) => at === 3)

export const readSpec: fc.Arbitrary<ReadSpec> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('list' as const),
      object,
      isRows,
      fields: fc.array(path, { maxLength: 3 }),
      expand: fc.array(
        fc.constantFrom(['ref'], ['ref', 'ref'], ['owner'], ['created_by'], ['item'], ['many']),
        { maxLength: 1 },
      ),
      filter: fc.option(condition, { freq: 2 }),
      sort: fc.array(fc.record({ path, isDescending: fc.boolean() }), { maxLength: 2 }),
      search: fc.option(fc.constantFrom(...words, ...secrets), { freq: 2 }),
      isDeleted: fc.integer({ min: 0, max: 4 }).map((at) => at === 4),
      limit: fc.constantFrom(2, 50),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('get' as const), object, isRows, record: fc.nat({ max: 11 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('aggregate' as const),
      object,
      isRows,
      groupBy: fc.array(path, { maxLength: 2 }),
      measured: path,
      filter: fc.option(condition, { freq: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('search' as const),
      text: fc.constantFrom(...words, ...secrets),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('timeline' as const), object, record: fc.nat({ max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('choosable' as const),
      object,
      field: fc.constantFrom('ref' as const, 'many' as const),
    }),
  },
)

/** Asks the product. */
export async function askRead(unit: UnitOfWork, oracle: Oracle, spec: ReadSpec): Promise<Outcome> {
  return outcomeOf(async () => {
    switch (spec.kind) {
      case 'list': {
        const request = listRequest(spec)
        const page = await listRecords(unit, request)
        const second =
          page.next === null ? undefined : await listRecords(unit, { ...request, after: page.next })
        return { rows: [...page.rows, ...(second?.rows ?? [])], count: page.count?.value }
      }
      case 'get':
        return getRecord(unit, { object: objectOf(spec), id: recordOf(oracle, spec)?.id ?? nobody })
      case 'aggregate': {
        const groups = await aggregateRecords(unit, {
          object: objectOf(spec),
          group_by: spec.groupBy.map((each) => each.join('.')),
          measures: {
            n: { function: 'count' },
            filled: { function: 'count', field: spec.measured.join('.') },
          },
          ...(spec.filter === null ? {} : { filter: expressionOf(spec.filter) }),
        })
        return sorted(
          groups.map(({ key, values }) => ({ key, n: Number(values.n), filled: Number(values.filled) })),
        )
      }
      case 'search':
        return sorted(await searchEverywhere(unit, { text: spec.text, perObject: 50 }))
      case 'timeline': {
        const { entries } = await recordTimeline(unit, {
          object: nameAt(spec.object),
          id: recordOf(oracle, { ...spec, isRows: false })?.id ?? nobody,
        })
        return entries.map(({ changes: { rows: _, ...changes } }) => changes)
      }
      case 'choosable': {
        const to = oracle.fields(nameAt(spec.object))[spec.field]?.to as string
        const page = await listRecords(unit, {
          object: to,
          fields: ['id'],
          sort: ['id'],
          choosable: { object: nameAt(spec.object), field: spec.field },
        })
        return page.rows.map(({ id }) => id)
      }
    }
  })
}

function listRequest(spec: Extract<ReadSpec, { kind: 'list' }>): ListRequest {
  return {
    object: objectOf(spec),
    limit: spec.limit,
    count: true,
    ...(spec.fields.length === 0 ? {} : { fields: spec.fields.map((each) => each.join('.')) }),
    ...(spec.expand.length === 0 ? {} : { expand: spec.expand.map((each) => each.join('.')) }),
    ...(spec.filter === null ? {} : { filter: expressionOf(spec.filter) }),
    ...(spec.sort.length === 0
      ? {}
      : { sort: spec.sort.map(({ path: by, isDescending }) => (isDescending ? '-' : '') + by.join('.')) }),
    ...(spec.search === null ? {} : { search: spec.search }),
    ...(spec.isDeleted ? { deleted: true } : {}),
  }
}

export const nobody = '00000000-0000-7000-8000-000000000000'

export function objectOf({ object: at, isRows: rows }: { object: number; isRows: boolean }): string {
  return rows ? `${nameAt(at)}_row` : nameAt(at)
}

export function recordOf(
  oracle: Oracle,
  spec: { object: number; isRows: boolean; record: number },
): Row | undefined {
  const rows = oracle.store.all(objectOf(spec))
  return rows[spec.record % Math.max(rows.length, 1)]
}

export function sorted<T>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

export async function outcomeOf(ask: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await ask() }
  } catch (error) {
    if (error instanceof TesseraError) return { refused: error.code }
    throw error
  }
}
