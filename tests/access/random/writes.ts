import fc from 'fast-check'
import { TesseraError } from '../../../platform/access/errors.ts'
import { sendEvent } from '../../../platform/processes/index.ts'
import {
  createRecord,
  deleteRecord,
  restoreRecord,
  updateRecord,
  upsertRecord,
  type RecordValues,
  type UnitOfWork,
} from '../../../platform/records/index.ts'
import type { Principal } from '../../../platform/access/principal.ts'
import type { TestTenant } from '../../harness/tenant.ts'
import type { Oracle } from './oracle.ts'
import { nobody, objectOf, recordOf } from './reads.ts'
import { objectNames, secrets } from './world.ts'

/** What is asked to be written; references and rows are named by their place among all that are stored. */
export interface ValuesSpec {
  readonly name?: string | null
  readonly text?: string | null
  readonly code?: string
  readonly secret?: string | null
  readonly grade?: number | null
  readonly amount?: number | null
  readonly ref?: number | null
  readonly item?: number | null
  readonly parent?: number
  readonly many?: readonly number[]
  readonly owner?: number
  readonly shown?: string
  readonly created_by?: number
  readonly state?: string
  readonly nothing?: string
  readonly rows?: readonly { readonly row: number | null; readonly text: string; readonly amount: number }[]
}

export interface WriteSpec {
  readonly kind: 'create' | 'update' | 'delete' | 'restore' | 'upsert' | 'close' | 'reopen'
  readonly object: number
  readonly isRows: boolean
  readonly record: number
  readonly values: ValuesSpec
}

/** Nothing stays of it: ok with the row as it was stored, or how it was refused. */
export interface WriteOutcome {
  readonly result: 'ok' | 'not_found' | 'refused'
  readonly stored?: Readonly<Record<string, unknown>>
  readonly error?: string
}

const index = fc.nat({ max: 7 })
/** Present in so many of a hundred requests. */
const at = <T>(share: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 100 - share, arbitrary: fc.constant(undefined) }, { weight: share, arbitrary })
const text = fc.constantFrom('red 9', 'green 9', 'blue 9', null)

const rowSpec = fc.record({
  row: fc.option(fc.nat({ max: 1 }), { freq: 2 }),
  text: fc.constantFrom('row 0', 'row 9'),
  amount: fc.constantFrom(1, 2),
})

const values: fc.Arbitrary<ValuesSpec> = fc
  .record({
    name: at(60, text),
    text: at(60, text),
    code: at(30, fc.constantFrom('c0', 'c1', 'c2', 'c9')),
    secret: at(30, fc.constantFrom(...secrets, null)),
    grade: at(30, fc.constantFrom(0, 1, 2, null)),
    amount: at(30, fc.constantFrom(1, null)),
    ref: at(30, fc.oneof(index, fc.constant(null))),
    item: at(20, fc.oneof(index, fc.constant(null))),
    parent: at(40, index),
    many: at(20, fc.uniqueArray(index, { maxLength: 2 })),
    owner: at(20, index),
    shown: at(2, fc.constant('made up')),
    created_by: at(2, index),
    state: at(3, fc.constantFrom('open', 'closed')),
    nothing: at(2, fc.constant('made up')),
    rows: at(20, fc.array(rowSpec, { maxLength: 2 })),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

export const writeSpec: fc.Arbitrary<WriteSpec> = fc.record({
  kind: fc.constantFrom(
    'create',
    'create',
    'update',
    'update',
    'update',
    'delete',
    'restore',
    'upsert',
    'close',
    'reopen',
  ),
  object: fc.nat({ max: objectNames.length - 1 }),
  isRows: fc.integer({ min: 0, max: 5 }).map((at) => at === 5),
  record: fc.nat({ max: 11 }),
  values,
})

/** The values of a request as the product takes them; fields of the other kind of object are left out. */
export function valuesOf(oracle: Oracle, spec: WriteSpec, people: readonly Principal[]): RecordValues {
  const object = objectOf(spec)
  const fields = oracle.fields(object)
  const idIn = (of: string, at: number) => {
    const rows = oracle.store.all(of)
    return rows[at % Math.max(rows.length, 1)]?.id ?? nobody
  }
  const known = Object.entries(spec.values).filter(([name]) => name in fields || name === 'nothing')
  return Object.fromEntries(
    known.map(([name, value]) => {
      const { to, isMany, isLines } = fields[name] ?? {}
      if (isLines === true) return [name, rowsOf(oracle, spec, value as ValuesSpec['rows'])]
      if (isMany === true)
        return [name, [...new Set((value as number[]).map((at) => idIn(to as string, at)))].sort()]
      if (to === 'user') return [name, people[(value as number) % people.length]?.userId]
      return [name, to === undefined || value === null ? value : idIn(to, value as number)]
    }),
  )
}

function rowsOf(oracle: Oracle, spec: WriteSpec, rows: ValuesSpec['rows'] = []): readonly RecordValues[] {
  const record = spec.kind === 'update' ? recordOf(oracle, spec) : undefined
  const own = record === undefined ? [] : oracle.rows(record)
  const taken = new Set<string>()
  return rows.map(({ row, ...rest }) => {
    const id = row === null ? undefined : own[row]?.id
    if (id === undefined || taken.has(id)) return rest
    taken.add(id)
    return { id, ...rest }
  })
}

class Undone extends Error {}

/** Does it in a transaction that is undone. */
export async function tryOut(
  tenant: TestTenant,
  oracle: Oracle,
  spec: WriteSpec,
  people: readonly Principal[],
): Promise<WriteOutcome> {
  const object = objectOf(spec)
  let stored: Readonly<Record<string, unknown>> | undefined
  try {
    await tenant.write(oracle.me, async (unit) => {
      const id = await carryOut(unit, oracle, spec, valuesOf(oracle, spec, people))
      const [row] = await unit.sql.unsafe(`select * from "${object}" where id = $1::uuid`, [id])
      const join = tenant.model.objects.get(object)?.fields.get('many')?.joinTable
      const links =
        join === undefined
          ? []
          : await unit.sql.unsafe(`select target from "${join}" where record = $1::uuid order by target`, [
              id,
            ])
      stored = {
        ...row,
        ...(join === undefined ? {} : { many: links.map(({ target }) => target as string) }),
      }
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return { result: 'ok', ...(stored === undefined ? {} : { stored }) }
    if (!(error instanceof TesseraError)) throw error
    return {
      result: error.code === 'not_found' ? 'not_found' : 'refused',
      error: `${error.code}: ${error.message}`,
    }
  }
  throw new Error('The transaction was not undone.')
}

async function carryOut(
  unit: UnitOfWork,
  oracle: Oracle,
  spec: WriteSpec,
  given: RecordValues,
): Promise<string> {
  const object = objectOf(spec)
  const id = recordOf(oracle, spec)?.id ?? nobody
  switch (spec.kind) {
    case 'create':
      return String((await createRecord(unit, { object, values: given })).id)
    case 'update':
      return String((await updateRecord(unit, { object, id, values: given })).id)
    case 'upsert':
      return String((await upsertRecord(unit, { object, key: 'code', values: given })).record.id)
    case 'delete':
      await deleteRecord(unit, { object, id })
      return id
    case 'restore':
      return String((await restoreRecord(unit, { object, id })).id)
    default:
      return String((await sendEvent(unit, { object, id, event: spec.kind, values: {} })).record.id)
  }
}
