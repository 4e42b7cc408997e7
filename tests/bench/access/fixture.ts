import { migratePlatform, type Database } from '../../../platform/database/index.ts'
import { publishModel } from '../../../platform/publishing/index.ts'
import { addKey } from '../fixture.ts'
import { accessModel } from './declarations.ts'

export const tenant = 'access'
export const deals = 1_000_000
export const people = 10_000
const shares = 200_000

/** Somebody at a place in the reporting line, with the records of which some are fetched one by one. */
export interface Viewer {
  readonly name: string
  readonly id: string
  readonly key: string
  readonly reach: 'narrow' | 'wide' | 'vast'
  readonly sees: number
  readonly some: readonly string[]
}

const idOf = (prefix: string, n: string) =>
  `('${prefix}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const userAt = (at: number) => `01900000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`

/**
 * A million deals, ten thousand people who report through five levels (ten each), and shares by hand. The deals belong
 * to the nine thousand who lead nobody.
 */
export async function prepareAccess(database: Database): Promise<readonly Viewer[]> {
  await migratePlatform(database)
  await publishModel({ database, tenant, model: accessModel })
  const pool = await database.tenant(tenant)
  await pool.begin(async (sql) => {
    await sql`set local statement_timeout = 0`
    await sql.unsafe(
      `insert into "user" (id, name, email, roles, manager, is_active)
       select ${idOf('01900000', 'n')}, 'Person ' || n, 'p' || n || '@example.com',
         array[case when n < 1111 then 'chief' else 'seller' end],
         case when n > 0 then ${idOf('01900000', '(n - 1) / 10')} end, true
       from generate_series(0, ${people - 1}) n`,
    )
    await sql.unsafe(
      `insert into client (id, name) select ${idOf('01910000', 'n')}, 'Client ' || n from generate_series(1, 10000) n`,
    )
    await sql.unsafe(
      `insert into deal (id, title, client, amount, size, due_on, owner)
       select ${idOf('01920000', 'n')}, 'Deal ' || n, ${idOf('01910000', '1 + n % 10000')}, n % 5000, n % 100,
         date '2026-01-01' + n % 700, ${idOf('01900000', `1111 + (n * 7919::bigint % ${people - 1111})`)}
       from generate_series(1, ${deals}) n`,
    )
    await sql.unsafe(
      `insert into _share (id, object, record, grantee, access, reason)
       select gen_random_uuid(), 'deal', ${idOf('01920000', `1 + n * 104729::bigint % ${deals}`)},
         'user:' || ${idOf('01900000', `n % ${people}`)}, 'read', 'bench'
       from generate_series(1, ${shares}) n`,
    )
  })
  const session = await database.platform.reserve()
  await session.unsafe('set statement_timeout = 0')
  await session.unsafe('vacuum analyze')
  session.release()
  await pool`update "user" set roles = ${['everything']} where id = ${userAt(people - 1)}`
  const places = [
    { name: 'sees all', at: people - 1, reach: 'narrow' },
    { name: 'head of all', at: 0, reach: 'wide' },
    { name: 'leads a tenth', at: 3, reach: 'wide' },
    { name: 'leads a hundredth', at: 33, reach: 'wide' },
    { name: 'leads ten', at: 333, reach: 'narrow' },
    { name: 'owns 112', at: 3333, reach: 'narrow' },
  ] as const
  return Promise.all(
    places.map(async ({ name, at, reach }): Promise<Viewer> => {
      const id = userAt(at)
      const isAll = name === 'sees all'
      const seen = isAll
        ? await pool<{ id: string }[]>`select id from deal order by id limit 800`
        : await pool<
            { id: string }[]
          >`select d.id from deal d join _below b on b.below = d.owner where b.above = ${id} order by d.id`
      const some = seen.filter((_, n) => n % Math.max(1, Math.floor(seen.length / 800)) === 0)
      return {
        ...{ name, id, reach },
        key: await addKey(database, id, tenant),
        sees: isAll ? deals : seen.length,
        some: some.slice(0, 800).map((row) => row.id),
      }
    }),
  )
}
