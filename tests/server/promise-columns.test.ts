import { beforeAll, describe, expect, it } from 'vitest'
import { clockView } from '../../platform/server/contract/service-levels.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { declarations } from '../service-levels/declarations.ts'
import type { Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const column = 'promise:answer'
const database = await freshDatabase()
const { tenant, signIn } = await serveLibrary(database, {
  documents: {
    ...declarations,
    view: {
      tickets: {
        name: 'tickets',
        label: 'Tickets',
        object: 'ticket',
        type: 'list',
        columns: ['title', column],
        sort: [{ field: column }],
      },
    },
  } as never,
  name: 'tickets',
})
let clerk: Client
let stranger: Client
const ids: Record<string, string> = {}

beforeAll(async () => {
  clerk = await signIn('Carla Clerk', ['clerk'])
  stranger = await signIn('Stan Stranger', ['stranger'])
  const gold = await clerk.post('/api/records/customer', { name: 'Acme', level: 'gold' })
  const make = async (title: string, values: object) => {
    ids[title] = (await clerk.post('/api/records/ticket', { title, ...values })).body.id
  }
  await make('later', { received_at: '2026-11-24T10:00:00Z' })
  await make('none', { status: 'draft' })
  await make('first', { received_at: '2026-11-23T10:00:00Z' })
  await make('answered', { answered_at: '2026-11-23T12:00:00Z' })
  await make('gold', { customer: gold.body.id })
  await make('last', { received_at: '2026-11-25T10:00:00Z' })
})

const query = (body: object, who = clerk) => who.post('/api/records/ticket/query', body)
const titles = (body: { rows: { title: string }[] }) => body.rows.map(({ title }) => title)

describe('a promise among the fields', () => {
  it('is the countdown that the page of the record shows, at a moment', async () => {
    const { status, body } = await query({ fields: ['title', column] })
    expect(status).toBe(200)
    for (const { id, title, [column]: counted } of body.rows) {
      const { body: page } = await clerk.get(`/api/records/ticket/${id}/clocks`)
      const shown = page.clocks.find(({ promise }: { promise: string }) => promise === 'answer')
      if (shown === undefined) {
        expect([title, counted]).toEqual([title, null])
        continue
      }
      const { at, ...clock } = counted
      expect(clockView.parse(clock)).toEqual(clock)
      expect(Date.parse(at)).toBeLessThanOrEqual(Date.parse(page.at))
      const { remaining_ms: left, percent, ...rest } = clock
      expect(shown).toMatchObject(rest)
      expect(Math.abs(shown.remaining_ms - left)).toBeLessThan(60_000)
      expect(Math.abs(shown.percent - percent)).toBeLessThan(2)
    }
    const standing = body.rows.map(
      (row: Record<string, { service_level: string; status: string } | null>) => [
        row.title,
        row[column]?.service_level,
        row[column]?.status,
      ],
    )
    expect(Object.fromEntries(standing.map(([title, ...rest]: string[]) => [title, rest]))).toMatchObject({
      first: ['care', 'running'],
      gold: ['gold', 'running'],
      none: [undefined, undefined],
    })
  })

  it('is there for one record and by address, too, with nothing else where it is asked for alone', async () => {
    const one = await clerk.get(`/api/records/ticket/${ids.first}?fields=${column}`)
    expect(Object.keys(one.body).sort()).toEqual(['id', column, 'version'])
    expect(one.body[column]).toMatchObject({ promise: 'answer', due_at: '2026-11-23T14:00:00.000Z' })
    const list = await clerk.get(`/api/records/ticket?fields=title,${column}&limit=1`)
    expect(Object.keys(list.body.rows[0]).sort()).toEqual(['id', column, 'title', 'version'])
  })

  it('shows nothing of records that one may not see', async () => {
    expect((await query({ fields: ['title', column] }, stranger)).body.rows).toEqual([])
    expect((await stranger.get(`/api/records/ticket/${ids.first}?fields=${column}`)).status).toBe(404)
  })

  it('that is never made is refused, with the nearest one', async () => {
    const { status, body } = await query({ fields: ['promise:answr'] })
    expect([status, body.faults]).toEqual([
      422,
      [
        {
          field: 'promise:answr',
          code: 'unknown_field',
          message: 'no service level for ticket makes a promise "answr"; did you mean "promise:answer"?',
        },
      ],
    ])
    expect((await query({ sort: ['promise:answr'] })).status).toBe(422)
    expect((await clerk.post('/api/records/customer/query', { fields: [column] })).status).toBe(422)
  })
})

describe('a list sorted by a promise', () => {
  it('has what is due first at its head, and what is not due at its end, both ways', async () => {
    const upwards = titles((await query({ fields: ['title'], sort: [column] })).body)
    expect(upwards.slice(0, 4)).toEqual(['first', 'later', 'last', 'gold'])
    expect(upwards.slice(4).toSorted()).toEqual(['answered', 'none'])
    const downwards = titles((await query({ fields: ['title'], sort: [`-${column}`] })).body)
    expect(downwards.slice(0, 4)).toEqual(['gold', 'last', 'later', 'first'])
    const bySolution = titles((await query({ fields: ['title'], sort: ['promise:solution', column] })).body)
    expect(bySolution).toHaveLength(6)
  })

  it.each([[column], [`-${column}`], [column, 'title'], ['title', column]])(
    'goes on page by page: by %s %s',
    async (...sort) => {
      const keys = sort.filter((key) => key !== undefined)
      const whole = titles((await query({ fields: ['title'], sort: keys })).body)
      const paged: string[] = []
      for (let after: string | null | undefined; after !== null;) {
        const { body } = await query({ fields: ['title'], sort: keys, limit: 1, after })
        paged.push(...titles(body))
        after = body.next
      }
      expect(paged).toEqual(whole)
    },
  )

  it('reads what is due from the index, however many records there are', async () => {
    await tenant.sql`
      insert into ticket (id, title, status, escalations, created_at, updated_at, _search)
      select gen_random_uuid(), 'T', 'open', 0, now(), now(), '{}' from generate_series(1, 20000)`
    await tenant.sql`
      insert into _clock (id, object, record, service_level, promise, status, held, definition, due_at)
      select gen_random_uuid(), 'ticket', id, 'care', 'answer', 'running', '{}', '', now() + random() * interval '9 days'
      from ticket where title = 'T'`
    await database.platform`analyze t_tickets.ticket, t_tickets._clock`
    const plan = await tenant.sql`
      explain select t.id from ticket t
      left join _clock c on c.record = t.id and c.object = 'ticket' and c.promise = 'answer' and c.status = 'running'
      where t.deleted_at is null and c.due_at is not null order by c.due_at, t.id limit 101`
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('_clock_due')
    const { body } = await query({ fields: ['title'], sort: [column], limit: 3 })
    expect(titles(body)).toEqual(['first', 'later', 'last'])
  })
})

it('promises are announced as columns, with the columns of views', async () => {
  const { body: meta } = await clerk.get('/api/meta')
  expect(meta.objects.ticket.promises).toEqual([
    { name: 'answer', label: 'First answer' },
    { name: 'solution', label: 'Solution' },
    { name: 'next_answer', label: 'Next answer' },
  ])
  expect(meta.objects.customer).not.toHaveProperty('promises')
  expect(meta.views).toMatchObject([
    { name: 'tickets', columns: ['title', column], sort: [{ field: column, direction: 'ascending' }] },
  ])
})
