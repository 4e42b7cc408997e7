import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { textTypes } from '../../platform/database/value-types.ts'
import { indexTokens } from '../../platform/records/search-tokens.ts'
import { openAmountOf, validCreate, validUpdate, type Body } from './hand-written-rules.ts'

/**
 * The limit: what somebody writes who knows only these opportunities. The same tables, the same conditions of access,
 * the same checks, the same history, roll-ups and process log, with SQL by hand.
 */
const settings = JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as {
  url: string
  user: string
  team: string
  key: string
}
const sql = postgres(settings.url, { max: 10, types: textTypes as never })
const people = new Map([[settings.key, { id: settings.user, team: settings.team }]])

const columns = sql`o.id, o.version, o.title, o.stage, o.account, o.contact, o.product, o.amount, o.amount__currency, o.probability,
  o.chance, round(case when o.stage = 'won' then o.close_value else o.amount * o.chance / 100 end, 2) as expected_revenue,
  case when o.stage = 'won' then o.close_value__currency else o.amount__currency end as expected_revenue__currency, o.expected_close_on, o.source, o.campaign, o.lead, o.next_step,
  o.competitor, o.description, o.engaged_on, o.closed_on, o.close_value, o.close_value__currency, o.win_reason, o.loss_reason,
  o.external_number, o.owner, o.created_at, o.created_by, o.updated_at, o.updated_by`
type Person = { id: string; team: string }
const mayRead = (me: Person) =>
  sql`(o.owner = ${me.id} or o.owner in (select m.id from "user" m where m.team = ${me.team}))`
const mayUpdate = (me: Person) => sql`(o.owner = ${me.id} and not (coalesce(o.stage, '') in ('won', 'lost')))`

function present(row: Record<string, unknown>): Record<string, unknown> {
  const { amount__currency, expected_revenue__currency, close_value__currency, ...record } = row
  record.amount = row.amount === null ? null : { amount: row.amount, currency: amount__currency }
  record.expected_revenue =
    row.expected_revenue === null
      ? null
      : { amount: row.expected_revenue, currency: expected_revenue__currency }
  record.close_value =
    row.close_value === null ? null : { amount: row.close_value, currency: close_value__currency }
  return record
}

const app = new Hono<{ Variables: { me: Person } }>()
app.use(async (context, next) => {
  const me = people.get((context.req.header('authorization') ?? '').slice('Bearer '.length))
  if (me === undefined) return context.json({ error: 'sign in' }, 401)
  context.set('me', me)
  return next()
})

app.get('/opportunities/:id', async (context) => {
  const [row] =
    await sql`select ${columns} from opportunity o where o.id = ${context.req.param('id')} and o.deleted_at is null and ${mayRead(context.var.me)}`
  return row === undefined ? context.json({ error: 'not found' }, 404) : context.json(present(row))
})

app.get('/opportunities', async (context) => {
  const rows = await sql`select ${columns}, a.name as account_name, u.name as owner_name from opportunity o
    left join account a on a.id = o.account and a.deleted_at is null left join "user" u on u.id = o.owner and u.deleted_at is null
    where o.deleted_at is null and ${mayRead(context.var.me)} order by o.id desc limit 51`
  const shown = rows.slice(0, 50).map((row) => {
    const { account_name, owner_name, ...record } = present(row)
    return {
      ...record,
      account: { id: row.account, name: account_name },
      owner: { id: row.owner, name: owner_name },
    }
  })
  return context.json({ rows: shown, next: rows.length > 50 ? rows[49]?.id : null })
})

app.post('/opportunities', async (context) => {
  const body = await context.req.json<Body>()
  const faults = validCreate(body)
  if (faults.length > 0) return context.json({ faults }, 422)
  const me = context.var.me
  const id = uuidv7()
  const now = new Date().toISOString()
  const row = await sql.begin(async (tx) => {
    const [account] = await tx`select 1 from account where id = ${body.account} and deleted_at is null`
    if (account === undefined) throw new Error('unknown account')
    const tokens = indexTokens([body.title, body.next_step].filter(Boolean).join('\n'))
    const [made] =
      await tx`insert into opportunity as o (id, title, stage, account, amount, amount__currency, expected_close_on, next_step, owner,
        created_at, created_by, updated_at, updated_by, _search)
      values (${id}, ${body.title ?? ''}, 'prospecting', ${body.account}, ${body.amount.amount}, ${body.amount.currency}, ${body.expected_close_on},
        ${body.next_step ?? null}, ${me.id}, ${now}, ${me.id}, ${now}, ${me.id}, array_to_tsvector(${tokens}::text[])) returning ${columns}`
    await Promise.all([
      tx`insert into _change (object, record, version, at, by, action, changes) values ('opportunity', ${id}, 1, ${now}, ${me.id}, 'create',
        ${tx.json({ title: { from: null, to: body.title }, account: { from: null, to: body.account }, amount: { from: null, to: body.amount } } as never)})`,
      tx`with i as (insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at)
          select ${uuidv7()}::uuid, process, definition, object, ${id}::uuid, 'active', snapshot, array['prospecting'], 0, ${now}, ${now} from _instance limit 1 returning id)
        insert into _step (instance, number, at, by, event, states) select id, 0, ${now}, ${me.id}, 'begin', array['prospecting'] from i`,
      openAmountOf(tx, body.account),
    ])
    return made
  })
  return context.json(present(row as Record<string, unknown>), 201)
})

app.patch('/opportunities/:id', async (context) => {
  const body = await context.req.json<Body>()
  const me = context.var.me
  const id = context.req.param('id')
  const now = new Date().toISOString()
  const answer = await sql.begin(async (tx) => {
    const [before] =
      await tx`select ${columns}, ${mayRead(me)} as may_read, ${mayUpdate(me)} as may_update from opportunity o where o.id = ${id} and o.deleted_at is null for no key update`
    if (before?.may_read !== true) return { status: 404 as const, body: { error: 'not found' } }
    if (before.may_update !== true) return { status: 403 as const, body: { error: 'forbidden' } }
    const faults = validUpdate(before, body)
    if (faults.length > 0) return { status: 422 as const, body: { faults } }
    const tokens = indexTokens(
      [before.title, body.next_step, before.competitor, before.external_number].filter(Boolean).join('\n'),
    )
    const [, [after]] = await Promise.all([
      tx`insert into _change (object, record, version, at, by, action, changes) values ('opportunity', ${id}, ${Number(before.version) + 1}, ${now}, ${me.id}, 'update',
        ${tx.json({ next_step: { from: before.next_step, to: body.next_step ?? null } } as never)})`,
      tx`update opportunity o set next_step = ${body.next_step ?? null}, version = version + 1, updated_at = ${now}, updated_by = ${me.id},
        _search = array_to_tsvector(${tokens}::text[]) where o.id = ${id} returning ${columns}`,
    ])
    return { status: 200 as const, body: present(after as Record<string, unknown>) }
  })
  return context.json(answer.body, answer.status)
})

const moves: Readonly<Record<string, { from: string; to: string }>> = {
  propose: { from: 'engaging', to: 'proposal' },
  step_back: { from: 'proposal', to: 'engaging' },
}

app.post('/opportunities/:id/events/:event', async (context) => {
  const { values } = await context.req.json<{ values: Body }>()
  const me = context.var.me
  const { id, event } = context.req.param()
  const move = moves[event]
  if (move === undefined) return context.json({ error: 'unknown event' }, 422)
  const now = new Date().toISOString()
  const answer = await sql.begin(async (tx) => {
    const [before] =
      await tx`select ${columns}, ${mayRead(me)} as may_read, ${mayUpdate(me)} as may_update from opportunity o where o.id = ${id} and o.deleted_at is null for no key update`
    if (before?.may_read !== true) return { status: 404 as const, body: { error: 'not found' } }
    if (before.may_update !== true) return { status: 403 as const, body: { error: 'forbidden' } }
    if (before.stage !== move.from) return { status: 409 as const, body: { error: 'not possible now' } }
    const amount =
      event === 'propose' ? values.amount : { amount: before.amount, currency: before.amount__currency }
    const closes = event === 'propose' ? values.expected_close_on : before.expected_close_on
    if (amount?.amount === undefined || closes === undefined)
      return { status: 422 as const, body: { error: 'form' } }
    const [, , [after]] = await Promise.all([
      tx`insert into _change (object, record, version, at, by, action, changes, cause) values ('opportunity', ${id}, ${Number(before.version) + 1}, ${now}, ${me.id}, 'update',
        ${tx.json({ stage: { from: move.from, to: move.to }, amount: { from: before.amount, to: amount } } as never)}, ${tx.json({ event } as never)})`,
      tx`with i as (update _instance set states = ${[move.to]}, snapshot = replace(snapshot, ${`"${move.from}"`}, ${`"${move.to}"`}), step = step + 1, updated_at = ${now}
          where object = 'opportunity' and record = ${id} returning id, step)
        insert into _step (instance, number, at, by, event, payload, states) select id, step, ${now}, ${me.id}, ${event}, ${tx.json((values ?? null) as never)}, ${[move.to]} from i`,
      tx`update opportunity o set stage = ${move.to}, amount = ${amount.amount}, amount__currency = ${amount.currency}, expected_close_on = ${closes},
        version = version + 1, updated_at = ${now}, updated_by = ${me.id} where o.id = ${id} returning ${columns}`,
      openAmountOf(tx, String(before.account)),
    ])
    return { status: 200 as const, body: { record: present(after as Record<string, unknown>) } }
  })
  return context.json(answer.body, answer.status)
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  process.send?.({ port }),
)
process.on('SIGTERM', () => {
  server.close()
  void sql.end({ timeout: 1 })
})
