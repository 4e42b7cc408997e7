import { beforeEach, expect, it } from 'vitest'
import { runRetention } from '../../platform/privacy/index.ts'
import { createRecord, deleteRecord, getRecord, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { hotel } from './hotel.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, hotel as never)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const { sql } = tenant
const make = async (object: string, values: object) =>
  String((await tenant.write(clerk, (unit) => createRecord(unit, { object, values: values as never }))).id)
const guest = (name: string, values: object = {}) =>
  make('guest', {
    name,
    email: `${name.toLowerCase()}@example.com`,
    left_on: '2024-11-22',
    kind: 'one',
    ...values,
  })
const nameOf = async (id: string) =>
  (await tenant.read(clerk, (unit) => getRecord(unit, { object: 'guest', id }))).name
/** As the worker does it, in the name of nobody. */
const run = () =>
  runRetention({ ...tenant.work({ ...clerk, kind: 'process', userId: undefined, name: 'Timer', roles: [] }) })

beforeEach(async () => {
  tenant.setClock('2026-11-22T08:00:00.000Z')
  await sql`delete from wish`
  await sql`delete from guest`
  await sql`delete from visit`
})

it('erases the records whose time is over and for which the condition holds, once', async () => {
  const over = await guest('Over')
  const early = await guest('Early', { left_on: '2024-11-23' })
  const regular = await guest('Regular', { kind: 'regular' })
  const staying = await guest('Staying', { left_on: null })
  const gone = await guest('Gone')
  await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'guest', id: gone }))
  expect(await run()).toEqual([
    { object: 'guest', done: 2, refused: [] },
    { object: 'visit', done: 0, refused: [] },
  ])
  expect(await nameOf(over)).toMatch(/^erased-/)
  expect([await nameOf(early), await nameOf(regular), await nameOf(staying)]).toEqual([
    'Early',
    'Regular',
    'Staying',
  ])
  expect([...(await sql`select name like 'erased-%' as erased from guest where id = ${gone}`)]).toEqual([
    { erased: true },
  ])
  const logged = await sql`
    select actor_name, record from _audit where action = 'retention' and record = any (${[over, gone]}) order by number`
  expect([...logged]).toEqual([over, gone].map((record) => ({ actor_name: 'Timer', record })))
  expect((await run())[0]).toEqual({ object: 'guest', done: 0, refused: [] })
})

it('erases again what was written into a record since', async () => {
  const id = await guest('Over')
  await run()
  tenant.setClock('2026-11-24T08:00:00.000Z')
  await tenant.write(clerk, (unit) =>
    updateRecord(unit, { object: 'guest', id, values: { name: 'Back', email: 'back@example.com' } }),
  )
  expect((await run())[0]).toMatchObject({ done: 1 })
  expect(await nameOf(id)).toMatch(/^erased-/)
})

it('deletes records where it says so', async () => {
  const id = await make('visit', { what: 'Breakfast' })
  tenant.setClock('2026-12-22T07:59:59.000Z')
  expect((await run())[1]).toMatchObject({ done: 0 })
  tenant.setClock('2026-12-22T08:00:00.000Z')
  expect((await run())[1]).toMatchObject({ done: 1 })
  await expect(tenant.read(clerk, (unit) => getRecord(unit, { object: 'visit', id }))).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('is asked for when it is published, and asks for the next day', async () => {
  const jobs = () => database.platform<{ at: string }[]>`
    select run_at as at from graphile_worker.jobs where key = 'test:retention'`
  expect(await jobs()).toHaveLength(1)
  await database.platform`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`
  await run()
  expect((await jobs()).map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-23T08:00:00.000Z'])
})
