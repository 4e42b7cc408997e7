import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'
import { textTypes } from '../../../platform/database/value-types.ts'

/** The limit: the same conditions of access as the product's, written by hand for these deals alone. */
const settings = JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as {
  url: string
  viewers: readonly { id: string; key: string; name: string; reach: 'narrow' | 'wide' | 'vast' }[]
}
const sql = postgres(settings.url, { max: 10, types: textTypes as never })
const people = new Map(settings.viewers.map((viewer) => [viewer.key, viewer]))
type Viewer = (typeof settings.viewers)[number]

const columns = sql`d.id, d.version, d.title, d.client, d.amount, d.size, d.due_on, d.owner, d.created_at, d.created_by,
  d.updated_at, d.updated_by`

function mayRead({ id, name, reach }: Viewer, rows: 'few' | 'many') {
  if (name === 'sees all') return sql`true`
  const below = sql`from _below b where b.above = ${id}`
  const shared = sql`from _share s where s.object = 'deal' and s.grantee = any(${[`user:${id}`]})
    and (s.expires_at is null or s.expires_at > now())`
  if (rows === 'many' && reach === 'narrow')
    return sql`(d.owner = ${id} or d.owner = any(array(select b.below ${below})) or d.id = any(array(select s.record ${shared})))`
  const isBelow =
    rows === 'many' && reach === 'wide'
      ? sql`d.owner in (select b.below ${below})`
      : sql`(select true ${below} and b.below = d.owner limit 1)`
  return sql`(d.owner = ${id} or ${isBelow} or (select true ${shared} and s.record = d.id limit 1))`
}

const app = new Hono<{ Variables: { me: Viewer } }>()
app.use(async (context, next) => {
  const me = people.get((context.req.header('authorization') ?? '').slice('Bearer '.length))
  if (me === undefined) return context.json({ error: 'sign in' }, 401)
  context.set('me', me)
  return next()
})

app.get('/deals/:id', async (context) => {
  const [row] =
    await sql`select ${columns} from deal d where d.id = ${context.req.param('id')} and d.deleted_at is null and ${mayRead(context.var.me, 'few')}`
  return row === undefined ? context.json({ error: 'not found' }, 404) : context.json(row)
})

app.get('/deals', async (context) => {
  const rows = await sql`select ${columns}, c.name as client_name, u.name as owner_name from deal d
    left join client c on c.id = d.client and c.deleted_at is null left join "user" u on u.id = d.owner and u.deleted_at is null
    where d.deleted_at is null and ${mayRead(context.var.me, 'many')} order by d.id desc limit 51`
  const shown = rows.slice(0, 50).map(({ client_name, owner_name, ...row }) => ({
    ...row,
    client: { id: row.client, name: client_name },
    owner: { id: row.owner, name: owner_name },
  }))
  return context.json({ rows: shown, next: rows.length > 50 ? rows[49]?.id : null })
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
process.on('SIGTERM', () => void sql.end({ timeout: 1 }).then(() => process.exit(0)))
