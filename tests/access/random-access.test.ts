import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { documentsOf } from './random/documents.ts'
import { Oracle } from './random/oracle.ts'
import { populate } from './random/populate.ts'
import { expectRead } from './random/expected-reads.ts'
import { askRead, readSpec, type ReadSpec } from './random/reads.ts'
import { readStore, type Store } from './random/store.ts'
import { world, type World } from './random/world.ts'

const wanted = Number(process.env.TESSERA_ACCESS_REQUESTS ?? 5_000)
const firstSeed = Number(process.env.TESSERA_ACCESS_SEED ?? Math.floor(Math.random() * 1_000_000))
const database = await freshDatabase()
let tenants = 0

interface Asked {
  readonly by: number
  readonly request: ReadSpec
}

const asked: fc.Arbitrary<Asked> = fc.record({ by: fc.nat({ max: 3 }), request: readSpec })

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
          fc.array(asked, { minLength: 1, maxLength: 250, size: 'max' }),
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
  const documents = documentsOf(declared)
  const tenant = await testTenant(database, documents, { name: `t${tenants++}` })
  const people = await populate(tenant, declared)
  const store = await readStore(tenant, declared)
  for (const { by, request } of requests)
    await compare(tenant, { declared, store, me: people[by % people.length] as Principal, request })
}

async function compare(
  tenant: TestTenant,
  { declared, store, me, request }: { declared: World; store: Store; me: Principal; request: ReadSpec },
): Promise<void> {
  const oracle = new Oracle(declared, store, me)
  const expected = expectRead(oracle, request)
  const got = await tenant
    .read(me, (unit) => askRead(unit, oracle, request))
    .catch((error: unknown) => {
      throw new Error(
        `${me.roles.join()} asked ${JSON.stringify(request)}\nin ${JSON.stringify(documentsOf(declared))}`,
        { cause: error },
      )
    })
  if (isDeepStrictEqual(got, expected)) return
  const { role, ...rest } = documentsOf(declared)
  throw new Error(
    `${me.name} (${me.roles.join() || 'no role'}, team ${String(me.team)}, ${String(me.userId)}) asked ${JSON.stringify(request)}\n` +
      `got      ${JSON.stringify(got)}\nexpected ${JSON.stringify(expected)}\n` +
      `roles ${JSON.stringify(role, null, 1)}\ndeclarations ${JSON.stringify(rest)}`,
  )
}
