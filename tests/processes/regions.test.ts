import { beforeAll, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { buildModel } from '../../platform/definitions/index.ts'
import { listWorkItems, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, getRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const task = (id: string) => ({
  id,
  src: 'task',
  input: { title: 'Look after it', candidate_role: 'administrator' },
  onDone: 'done',
})
/** A job whose work and papers go on beside each other; one for nobody is passed on at once. */
const declarations = (entries: readonly string[] = ['busy.work.doing', 'over']) => ({
  object: {
    job: {
      name: 'job',
      label: 'Job',
      name_field: 'title',
      lifecycle: 'doing',
      ownership: 'none',
      fields: { title: { type: 'text' }, state: { type: 'state' } },
    },
  },
  role: { robot: { name: 'robot', label: 'Robot', objects: { job: { read: 'all', update: 'all' } } } },
  process: {
    doing: {
      name: 'doing',
      label: 'Doing',
      object: 'job',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: { begin: { label: 'Begin' }, sign: { label: 'Sign' } },
      entries: { import: { states: entries, allowed_roles: { administrator: true } } },
      machine: {
        initial: 'open',
        states: {
          open: {
            meta: { label: 'Open' },
            always: {
              guard: { type: 'when', params: { expression: "record.title == 'Passed on'" } },
              target: 'busy',
            },
            invoke: { ...task('look'), onDone: 'busy' },
            on: { begin: 'busy' },
          },
          busy: {
            type: 'parallel',
            onDone: 'over',
            states: {
              work: {
                initial: 'doing',
                states: {
                  doing: { meta: { label: 'Doing' }, invoke: task('do') },
                  done: { type: 'final', meta: { label: 'Done' } },
                },
              },
              papers: {
                initial: 'writing',
                states: {
                  writing: { meta: { label: 'Writing' }, on: { sign: 'signed' }, after: { P2D: 'signed' } },
                  signed: { type: 'final', meta: { label: 'Signed' } },
                },
              },
            },
          },
          over: { type: 'final', meta: { label: 'Over' } },
        },
      },
    },
  },
})

const tenant = await testTenant(await freshDatabase(), declarations() as never)
let ada: Principal
beforeAll(async () => {
  ada = await tenant.person('Ada', { roles: ['administrator'] })
})

const job = async (values: Readonly<Record<string, unknown>>, entry?: string) => {
  const made = entry === undefined ? {} : { entry }
  const { id } = await tenant.write(ada, (unit) =>
    createRecord(unit, { object: 'job', values: { title: 'Job', ...values } }, made),
  )
  return String(id)
}
const send = (id: string, event: string) =>
  tenant.write(ada, (unit) => sendEvent(unit, { object: 'job', id, event, values: {} }))
const stateOf = async (id: string) =>
  (await tenant.read(ada, (unit) => getRecord(unit, { object: 'job', id }))).state
const instanceOf = async (id: string) =>
  (
    await tenant.sql<{ states: string[]; status: string; timers: number }[]>`
    select states, status, (select count(*)::int from _timer t where t.instance = i.id and t.status = 'pending') as timers
    from _instance i where record = ${id}`
  )[0]

it('the choices of a state field are the states that it shows: of regions those of the first', () => {
  const choices = tenant.model.objects.get('job')?.fields.get('state')?.choices
  expect([...(choices?.keys() ?? [])]).toEqual(['open', 'busy.work.doing', 'busy.work.done', 'over'])
  expect([...(tenant.model.processes.get('doing')?.states.keys() ?? [])]).toContain('busy.papers.writing')
})

it('a record that comes into a region is in the first states of the others, and waits for their timers', async () => {
  const id = await job({ state: 'busy.work.doing' }, 'import')
  expect(await instanceOf(id)).toEqual({
    states: ['busy.work.doing', 'busy.papers.writing'],
    status: 'active',
    timers: 1,
  })
  await send(id, 'sign')
  expect(await instanceOf(id)).toMatchObject({ states: ['busy.work.doing', 'busy.papers.signed'], timers: 0 })
})

it('an entry into a region that the state field does not show is refused by the check', () => {
  const { problems } = buildModel({ documents: declarations(['busy.papers.writing']) as never })
  expect(problems.map(({ code, place }) => [code, place.pointer])).toEqual([
    ['entry_in_region', '/entries/import/states/0'],
  ])
})

it('a state that is left again in the same step has asked nobody for anything', async () => {
  const id = await job({ title: 'Passed on' })
  expect(await stateOf(id)).toBe('busy.work.doing')
  const rows = await tenant.sql`select invocation from _work_item where record = ${id}`
  expect(rows.map((row) => row.invocation)).toEqual(['do'])
  const other = await job({})
  await send(other, 'begin')
  const open = await tenant.read(ada, (unit) => listWorkItems(unit, { record: other }))
  expect(open).toHaveLength(1)
})
