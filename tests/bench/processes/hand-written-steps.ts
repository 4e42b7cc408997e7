import { v7 as uuidv7 } from 'uuid'
import type { Sql, Transaction } from '../../../platform/database/sql.ts'
import type { Steps } from './product-steps.ts'
import type { Scene } from './scene.ts'

/** The limit: what somebody writes who knows only these tickets. The same rows, by as few round trips as it takes. */
export function handWrittenSteps(scene: Scene, pool: Sql = scene.pool): Steps {
  const me = scene.agent.userId
  const definition = scene.model.processes.get('handling')?.hash ?? ''
  const now = () => new Date().toISOString()
  return {
    start: (client) =>
      pool.begin(async (tx) => {
        const [ticket, instance, at] = [uuidv7(), uuidv7(), now()]
        await Promise.all([
          run(
            tx,
            `insert into ticket (id, title, state, amount, client, created_at, created_by, updated_at, updated_by, _search)
             select $1::uuid, 'New', 'open', 1, id, $3::timestamptz, $4::uuid, $3, $4, array_to_tsvector(array['new'])
             from client where id = $2::uuid and deleted_at is null returning *`,
            [ticket, client, at, me],
          ),
          change(tx, {
            record: ticket,
            object: 'ticket',
            version: 1,
            at,
            by: me,
            action: 'create',
            cause: null,
            changes: {
              state: { to: 'open', from: null },
              title: { to: 'New', from: null },
              amount: { to: 1, from: null },
              client: { to: client, from: null },
            },
          }),
          run(
            tx,
            `with i as (insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at)
               values ($1::uuid, 'handling', $2::text, 'ticket', $3::uuid, 'active', $4::text, array['open'], 0, $5::timestamptz, $5))
             insert into _step (instance, number, at, by, event, states, cause) values ($1, 0, $5, $6::uuid, 'begin', array['open'], $7::jsonb)`,
            [instance, definition, ticket, snapshotOf('open'), at, me, { kind: 'person', id: me }],
          ),
        ])
      }),
    event: (id) =>
      pool.begin(async (tx) => {
        const at = now()
        const amount = 5
        const [row] = await run(
          tx,
          `select t.state, t.amount, t.version, t.client, c.active, c.version as client_version, i.id as instance, i.step
           from ticket t join client c on c.id = t.client join _instance i on i.object = 'ticket' and i.record = t.id
           where t.id = $1::uuid and t.deleted_at is null for no key update of t, c`,
          [id],
        )
        if (row?.state !== 'open' || amount <= 0) throw new Error('not possible now')
        const cause = { process: 'handling', event: 'work', instance: row.instance }
        const timer = uuidv7()
        const due = new Date(Date.parse(at) + 2 * 86_400_000).toISOString()
        await Promise.all([
          run(
            tx,
            `update ticket set state = 'active', amount = $2::int, version = version + 1, updated_at = $3::timestamptz, updated_by = $4::uuid where id = $1::uuid returning *`,
            [id, amount, at, me],
          ),
          change(tx, {
            record: id,
            object: 'ticket',
            version: Number(row.version) + 1,
            at,
            by: me,
            action: 'update',
            cause,
            changes: { state: { to: 'active', from: 'open' }, amount: { to: amount, from: row.amount } },
          }),
          run(
            tx,
            `update client set active = $2::int, version = version + 1, updated_at = $3::timestamptz, updated_by = $4::uuid where id = $1::uuid`,
            [row.client, amount, at, me],
          ),
          change(tx, {
            record: row.client,
            object: 'client',
            version: Number(row.client_version) + 1,
            at,
            by: me,
            action: 'update',
            cause,
            changes: { active: { to: amount, from: row.active } },
          }),
          step(tx, {
            row,
            at,
            by: me,
            event: 'work',
            from: 'open',
            to: 'active',
            payload: { amount },
            cause: { kind: 'person', id: me },
          }),
          run(
            tx,
            `insert into _timer (id, instance, event_id, token, due_at, status, created_at)
             values ($1::uuid, $2::uuid, 'xstate.after.P2D.handling.active', $1, $3::timestamptz, 'pending', $4::timestamptz)`,
            [timer, row.instance, due, at],
          ),
          run(
            tx,
            `select platform.add_job(identifier := 'timer', payload := $1::jsonb, run_at := $2::timestamptz, job_key := $3::text)`,
            [{ timer }, due, `timer ${timer}`],
          ),
        ])
      }),
    timer: (id) =>
      pool.begin(async (tx) => {
        const at = now()
        const [row] = await run(
          tx,
          `select t.id, t.state, t.version, i.id as instance, i.step
           from _timer m join _instance i on i.id = m.instance join ticket t on t.id = i.record
           where m.id = $1::uuid and m.status = 'pending' and t.deleted_at is null for no key update of t, m`,
          [id],
        )
        if (row?.state !== 'active') return
        const cause = { process: 'handling', event: 'after P2D', instance: row.instance, timer: id }
        await Promise.all([
          run(tx, `update _timer set status = 'fired' where id = $1::uuid`, [id]),
          run(
            tx,
            `update ticket set state = 'asking', version = version + 1, updated_at = $2::timestamptz, updated_by = null where id = $1::uuid`,
            [row.id, at],
          ),
          change(tx, {
            record: row.id,
            object: 'ticket',
            version: Number(row.version) + 1,
            at,
            by: null,
            action: 'update',
            cause,
            changes: { state: { to: 'asking', from: 'active' } },
          }),
          step(tx, {
            row,
            at,
            by: null,
            event: 'after P2D',
            from: 'active',
            to: 'asking',
            payload: null,
            cause: { kind: 'timer', id },
          }),
          run(
            tx,
            `insert into _work_item (id, kind, instance, invocation, token, object, record, title, candidate_roles, form, status, created_at)
             values ($1::uuid, 'approval', $2::uuid, 'ask', $1, 'ticket', $3::uuid, $4::jsonb, array['agent'], $5::jsonb, 'open', $6::timestamptz)`,
            [
              uuidv7(),
              row.instance,
              row.id,
              'May it be closed?',
              { requested_by: null, may_requester_approve: false },
              at,
            ],
          ),
        ])
      }),
    approve: (id) =>
      pool.begin(async (tx) => {
        const at = now()
        const [row] = await run(
          tx,
          `select w.status, t.id, t.state, t.version, i.id as instance, i.step
           from _work_item w join _instance i on i.id = w.instance join ticket t on t.id = w.record
           where w.id = $1::uuid and t.deleted_at is null for no key update of t, w`,
          [id],
        )
        if (row?.state !== 'asking' || row.status !== 'open') throw new Error('done already')
        const output = { outcome: 'approved', comment: null, by: me }
        const cause = { process: 'handling', event: 'approval approved', instance: row.instance }
        await Promise.all([
          run(
            tx,
            `update _work_item set status = 'done', outcome = 'approved', result = $2::jsonb, completed_by = $3::uuid, assignee = $3, completed_at = $4::timestamptz, version = version + 1 where id = $1::uuid returning *`,
            [id, output, me, at],
          ),
          run(
            tx,
            `insert into _work_event (item, at, by, act) values ($1::uuid, $2::timestamptz, $3::uuid, 'approve')`,
            [id, at, me],
          ),
          run(
            tx,
            `update ticket set state = 'closed', version = version + 1, updated_at = $2::timestamptz, updated_by = $3::uuid where id = $1::uuid`,
            [row.id, at, me],
          ),
          change(tx, {
            record: row.id,
            object: 'ticket',
            version: Number(row.version) + 1,
            at,
            by: me,
            action: 'update',
            cause,
            changes: { state: { to: 'closed', from: 'asking' } },
          }),
          step(tx, {
            row,
            at,
            by: me,
            event: 'approval approved',
            from: 'asking',
            to: 'closed',
            payload: output,
            cause: { kind: 'work_item', id },
            isEnded: true,
          }),
        ])
      }),
  }
}

function run(tx: Transaction, text: string, values: readonly unknown[]) {
  return tx.unsafe(text, values as never[], { prepare: true })
}

function change(
  tx: Transaction,
  row: {
    object: string
    record: unknown
    version: number
    at: string
    by: string | null
    action: string
    changes: object
    cause: object | null
  },
) {
  return run(
    tx,
    `insert into _change (object, record, version, at, by, action, changes, cause)
     values ($1::text, $2::uuid, $3::int, $4::timestamptz, $5::uuid, $6::text, $7::jsonb, $8::jsonb)`,
    [row.object, row.record, row.version, row.at, row.by, row.action, row.changes, row.cause],
  )
}

function step(
  tx: Transaction,
  options: {
    row: Readonly<Record<string, unknown>>
    at: string
    by: string | null
    event: string
    from: string
    to: string
    payload: object | null
    cause: object
    isEnded?: boolean
  },
) {
  const { row, at, by, event, from, to, payload, cause, isEnded = false } = options
  return run(
    tx,
    `with i as (update _instance set snapshot = $1::text, states = array[$2::text], step = step + 1, updated_at = $3::timestamptz,
         status = $4::text, ended_at = $5::timestamptz where id = $6::uuid and step = $7::int returning id, step)
     insert into _step (instance, number, at, by, event, payload, transitions, states, cause)
       select id, step, $3, $8::uuid, $9::text, $10::jsonb, $11::jsonb, array[$2::text], $12::jsonb from i`,
    [
      ...[snapshotOf(to), to, at, isEnded ? 'ended' : 'active', isEnded ? at : null, row.instance, row.step],
      ...[by, event, payload, [{ from, to: [to], event }], cause],
    ],
  )
}

function snapshotOf(state: string): string {
  const isEnded = state === 'closed'
  const children =
    state === 'asking'
      ? {
          ask: {
            snapshot: { status: 'active', input: { title: 'May it be closed?', candidate_role: 'agent' } },
            src: 'approval',
            syncSnapshot: false,
          },
        }
      : {}
  return JSON.stringify({
    status: isEnded ? 'done' : 'active',
    ...(isEnded ? { output: {} } : {}),
    value: state,
    historyValue: {},
    context: {},
    children,
  })
}
