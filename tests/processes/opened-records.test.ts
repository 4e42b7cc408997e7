import { beforeEach, expect, it } from 'vitest'
import { sendEvent } from '../../platform/processes/index.ts'
import { createRecord, getRecord, type RecordValues } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const calls: RecordValues[] = []
const firmFields = { type: 'reference', to: 'firm' }
const tenant = await testTenant(
  await freshDatabase(),
  {
    object: {
      firm: {
        name: 'firm',
        label: 'Firm',
        plural: 'Firms',
        name_field: 'name',
        fields: {
          name: { type: 'text' },
          parent: firmFields,
          top: { type: 'formula', returns: 'text', expression: 'record.parent.parent.name' },
        },
      },
      deal: {
        name: 'deal',
        label: 'Deal',
        plural: 'Deals',
        name_field: 'name',
        lifecycle: 'dealing',
        fields: {
          name: { type: 'text' },
          firm: firmFields,
          rivals: { type: 'references', to: 'firm' },
          state: { type: 'state' },
        },
        validations: {
          lonely: { invalid_when: 'size(record.rivals) == 0', message: 'There is always a rival.' },
        },
      },
    },
    process: {
      dealing: {
        name: 'dealing',
        label: 'Dealing',
        object: 'deal',
        state_field: 'state',
        starts: 'on_create',
        context: { firm: null },
        events: {
          pass: {
            label: 'Pass',
            form: { to: { ...firmFields, required: true } },
          },
          tell: { label: 'Tell' },
        },
        machine: {
          initial: 'open',
          states: {
            open: {
              meta: { label: 'Open' },
              entry: [{ type: 'set', params: { values: { name: "record.name + '!'" } } }],
              on: {
                pass: {
                  target: 'passed',
                  guard: {
                    type: 'when',
                    params: { expression: "record.firm.top == 'Top' && event.to.parent.name == 'Top'" },
                  },
                },
                tell: {
                  target: 'passed',
                  actions: [
                    { type: 'assign', params: { values: { firm: 'record.firm' } } },
                    { type: 'call', params: { action: 'test.tell', values: { firm: 'record.firm' } } },
                  ],
                },
              },
            },
            passed: { type: 'final', meta: { label: 'Passed' } },
          },
        },
      },
    },
  } as never,
  { plugins: { actions: ['test.tell'] } },
)
const admin = await tenant.person('Admin', { roles: ['administrator'] })
const make = async (object: string, values: RecordValues) =>
  String((await tenant.write(admin, (unit) => createRecord(unit, { object, values }))).id)
const send = (id: string, event: string, values: RecordValues = {}) =>
  tenant.write(admin, (unit) =>
    sendEvent(
      unit,
      { object: 'deal', id, event, values },
      {
        ports: {
          callAction: (_, call) => {
            calls.push(call.values)
            return Promise.resolve(undefined)
          },
        },
      },
    ),
  )
const top = await make('firm', { name: 'Top' })
const middle = await make('firm', { name: 'Middle', parent: top })
const low = await make('firm', { name: 'Low', parent: middle })
let deal = ''
beforeEach(async () => {
  deal = await make('deal', { name: 'Deal', firm: low, rivals: [top, middle] })
})

it('a step follows references, formulas through them, and the references of a form as far as it asks', async () => {
  await expect(send(deal, 'pass', { to: low })).rejects.toMatchObject({ code: 'event_refused' })
  const { record } = await send(deal, 'pass', { to: middle })
  expect(record.state).toBe('passed')
  const [step] = await tenant.sql`select payload from _step where event = 'pass'`
  expect(step?.payload).toEqual({ to: middle })
})

it('of a record that was not opened, actions, plugins and memory get the id', async () => {
  await send(deal, 'tell')
  expect(calls).toEqual([{ firm: low }])
  const [instance] = await tenant.sql`select snapshot from _instance where record = ${deal}`
  expect(JSON.parse(instance?.snapshot as string)).toMatchObject({ context: { firm: low } })
})

it('the first states see the many-to-many references of a new record', async () => {
  const record = await tenant.read(admin, (unit) => getRecord(unit, { object: 'deal', id: deal }))
  expect(record).toMatchObject({ name: 'Deal!', rivals: [top, middle].toSorted() })
})
