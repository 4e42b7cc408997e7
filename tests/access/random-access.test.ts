import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { documentsOf } from './random/documents.ts'
import { Oracle } from './random/oracle.ts'
import { populate } from './random/populate.ts'
import { expectWrite } from './random/expected-writes.ts'
import { expectRead } from './random/expected-reads.ts'
import { askRead, readSpec, type ReadSpec } from './random/reads.ts'
import { readStore } from './random/store.ts'
import { world, type World } from './random/world.ts'
import { tryOut, valuesOf, writeSpec, type WriteSpec } from './random/writes.ts'

const wanted = Number(process.env.TESSERA_ACCESS_REQUESTS ?? 5_000)
const firstSeed = Number(process.env.TESSERA_ACCESS_SEED ?? 1)
const database = await freshDatabase()
let tenants = 0

interface Asked {
  readonly by: number
  readonly request: ReadSpec | WriteSpec
}

const asked: fc.Arbitrary<Asked> = fc.record({
  by: fc.nat({ max: 3 }),
  request: fc.oneof({ weight: 2, arbitrary: readSpec }, { weight: 1, arbitrary: writeSpec }),
})

it(
  `answers ${wanted} random requests as the declarations say, from seed ${firstSeed} on`,
  { timeout: 7_200_000 },
  async () => {
    let count = 0
    for (let seed = firstSeed; count < wanted; seed++) {
      process.stdout.write(`access: seed ${seed}, ${count} requests\n`)
      await fc.assert(
        fc.asyncProperty(
          world,
          fc.array(asked, { minLength: 1, maxLength: 400, size: 'max' }),
          async (declared, requests) => {
            await round(declared, requests)
            count += requests.length
          },
        ),
        {
          seed,
          numRuns: 4,
          endOnFailure: process.env.TESSERA_ACCESS_FAST !== undefined,
          interruptAfterTimeLimit: 120_000,
        },
      )
    }
    expect(count).toBeGreaterThanOrEqual(wanted)
  },
)

async function round(declared: World, requests: readonly Asked[]): Promise<void> {
  const tenant = await testTenant(database, documentsOf(declared), { name: `t${tenants++}` })
  const people = await populate(tenant, declared)
  const store = await readStore(tenant, declared)
  for (const { by, request } of requests) {
    const me = people[by % people.length] as Principal
    const oracle = new Oracle(declared, store, me)
    const difference = await differenceIn(tenant, { oracle, request, people }).catch((error: unknown) => ({
      got: String(error),
      expected: 'an answer or a refusal',
    }))
    if (difference !== undefined) throw counterExample(oracle, request, difference)
  }
}

interface Difference {
  readonly got: unknown
  readonly expected: unknown
}

/** Undefined where the product does what the declarations say. */
async function differenceIn(
  tenant: TestTenant,
  {
    oracle,
    request,
    people,
  }: { oracle: Oracle; request: ReadSpec | WriteSpec; people: readonly Principal[] },
): Promise<Difference | undefined> {
  if (!('values' in request)) {
    const expected = expectRead(oracle, request)
    const got = await tenant.read(oracle.me, (unit) => askRead(unit, oracle, request))
    return isDeepStrictEqual(got, expected) ? undefined : { got, expected }
  }
  const expected = expectWrite(oracle, request, valuesOf(oracle, request, people))
  const got = await tryOut(tenant, oracle, request, people)
  const isAsStored = ([name, value]: [string, unknown]) =>
    got.stored === undefined ||
    !(name in got.stored) ||
    kept.has(name) ||
    isDeepStrictEqual(got.stored[name], value)
  const isSame =
    expected.results.includes(got.result) &&
    (got.result !== 'ok' || Object.entries(expected.row ?? {}).every(isAsStored))
  return isSame ? undefined : { got, expected }
}

/** What the product keeps by itself. */
const kept: ReadonlySet<string> = new Set([
  'id',
  'shown',
  'version',
  'created_at',
  'updated_at',
  'updated_by',
  'total',
  'referrers',
  '_search',
])

function counterExample(oracle: Oracle, request: unknown, { got, expected }: Difference): Error {
  const { me, world: declared } = oracle
  const { role, ...rest } = documentsOf(declared)
  const json = (value: unknown) => JSON.stringify(value)
  return new Error(
    `${me.name} (${me.roles.join() || 'no role'}, team ${String(me.team)}, ${String(me.userId)}) asked ${json(request)}\n` +
      `got      ${json(got)}\nexpected ${json(expected)}\n` +
      `roles ${JSON.stringify(role, null, 1)}\ndeclarations ${json(rest)}`,
  )
}
