import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { decimal, integer, modelOf, money, text } from './declarations.ts'
import { tenantUnderTest } from './tenant-under-test.ts'

const { newTenant, all, expectSound, insert, publish, records, refusal } = tenantUnderTest(
  await freshDatabase(),
)

beforeEach(newTenant)

describe('what takes values away', () => {
  it('is refused without consent, naming how many values are at stake', async () => {
    await publish(modelOf({ deal: { amount: money, note: text } }))
    await insert('deal', { amount: '5', amount__currency: 'EUR' })
    await insert('deal', { amount: '6', amount__currency: 'EUR' })
    await insert('deal', {})
    const error = await refusal(publish(modelOf({ deal: { note: text } })))
    expect(error.code).toBe('needs_consent')
    expect(error.message).toContain('deal.amount: 2 at stake')
    expect(error.message).toContain('--allow-retire deal.amount')
    expect(error.plan?.steps).toMatchObject([{ action: 'retire_column', valuesAtStake: 2, rows: 3 }])
  })

  it('needs no consent where there is no value', async () => {
    await publish(modelOf({ deal: { note: text } }))
    await insert('deal', { title: 'A' })
    expect(await publish(modelOf({ deal: {} }))).toMatchObject({ isNew: true })
  })

  it('retires a field and restores it with its values', async () => {
    const before = modelOf({
      account: {},
      deal: {
        amount: { ...money, indexed: true },
        code: { type: 'text', unique: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(before)
    const account = await insert('account', { title: 'Ada' })
    const deal = await insert('deal', { amount: '5', amount__currency: 'EUR', code: 'x', account })
    const sql = await records()
    await sql`insert into deal__friends (record, target) values (${deal}, ${account})`
    const without = modelOf({ account: {}, deal: {} })
    const allowRetire = ['deal.amount', 'deal.code', 'deal.account', 'deal.friends']
    await publish(without, { allowRetire })
    await expectSound(without)
    await expect(all('deal', 'amount')).rejects.toMatchObject({ code: '42703' })
    const { plan } = await publish(before)
    expect(plan.steps.map((step) => step.action)).toContain('restore_column')
    expect(await all('deal', 'amount', 'amount__currency', 'code', 'account')).toEqual([
      { amount: '5.0000', amount__currency: 'EUR', code: 'x', account },
    ])
    expect(await all('deal__friends', 'record', 'target')).toEqual([{ record: deal, target: account }])
    await expectSound(before)
  })

  it('retires an object and restores it with its records, under another declaration', async () => {
    const before = modelOf({
      account: {},
      deal: {
        size: integer,
        note: text,
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(before)
    const account = await insert('account', { title: 'Ada' })
    const deal = await insert('deal', { title: 'A', size: 1, note: 'kept', account })
    const sql = await records()
    await sql`insert into deal__friends (record, target) values (${deal}, ${account})`
    const error = await refusal(publish(modelOf({ account: {} })))
    expect(error.message).toContain('deal: 1 at stake')
    await publish(modelOf({ account: {} }), { allowRetire: ['deal'] })
    await expect(all('deal', 'title')).rejects.toMatchObject({ code: '42P01' })
    const after = modelOf({
      account: {},
      deal: {
        size: decimal,
        note: { ...text, indexed: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(after)
    expect(await all('deal', 'title', 'size', 'note', 'account')).toEqual([
      { title: 'A', size: '1.00', note: 'kept', account },
    ])
    expect(await all('deal__friends', 'record')).toEqual([{ record: deal }])
    await expectSound(after)
  })

  it('keeps values aside when the name comes back with another type', async () => {
    await publish(modelOf({ deal: { value: text } }))
    await insert('deal', { value: 'words' })
    await publish(modelOf({ deal: {} }), { allowRetire: ['deal.value'] })
    const { plan } = await publish(modelOf({ deal: { value: integer } }))
    expect(plan.steps[0]?.title).toContain('stay in retirement')
    expect(await all('deal', 'value')).toEqual([{ value: null }])
    await publish(modelOf({ deal: {} }))
    await publish(modelOf({ deal: { value: text } }))
    expect(await all('deal', 'value')).toEqual([{ value: 'words' }])
  })

  it('restores a field after its object was renamed', async () => {
    await publish(modelOf({ deal: { note: text } }))
    await insert('deal', { note: 'kept' })
    await publish(modelOf({ deal: {} }), { allowRetire: ['deal.note'] })
    await publish(modelOf({ sale: { formerly: 'deal', fields: {} } }))
    await publish(modelOf({ sale: { note: text } }))
    expect(await all('sale', 'note')).toEqual([{ note: 'kept' }])
  })
})

describe('a process that is withdrawn', () => {
  const process = {
    name: 'flow',
    label: 'Flow',
    object: 'deal',
    state_field: 'stage',
    starts: 'on_create',
    machine: {
      initial: 'open',
      states: {
        open: { meta: { label: 'Open' }, on: { end: 'done' } },
        done: { type: 'final', meta: { label: 'Done' } },
      },
    },
    events: { end: { label: 'End' } },
  }
  const governed = () =>
    modelOf(
      { deal: { lifecycle: 'flow', fields: { stage: { type: 'state' } } } },
      { process: { flow: process } },
    )

  it('needs consent while instances of it live, and keeps its document for them', async () => {
    await publish(governed())
    const deal = await insert('deal', { stage: 'open' })
    const sql = await records()
    await sql`
      insert into _instance (id, process, definition, object, record, status, snapshot, states)
      select ${randomUUID()}, 'flow', hash, 'deal', ${deal}, 'active', '{}', array['open'] from _process_definition`
    const without = modelOf({ deal: { stage: text } })
    const error = await refusal(publish(without))
    expect(error.message).toContain('process/flow: 1 at stake')
    expect(error.plan?.processes).toEqual([
      { name: 'flow', change: 'removed', instances: [{ states: 'open', count: 1 }] },
    ])
    await publish(without, { allowRetire: ['process/flow'] })
    expect(await all('_process_definition', 'name')).toEqual([{ name: 'flow' }])
  })
})
