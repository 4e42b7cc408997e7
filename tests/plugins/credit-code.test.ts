import { expect, it } from 'vitest'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { loadPlugins } from '../../platform/extension/load-plugins.ts'
import { pluginHost } from '../../platform/extension/plugin-host.ts'
import { sendEvent } from '../../platform/processes/index.ts'
import { createRecord, getRecord, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    account: {
      name: 'account',
      label: 'Account',
      plural: 'Accounts',
      name_field: 'name',
      lifecycle: 'checking',
      fields: {
        name: { type: 'text', required: true },
        credit_code: { type: 'credit_code' },
        division: { type: 'text', read_only: true },
        summary: { type: 'text', read_only: true },
        state: { type: 'state' },
      },
    },
  },
  role: {
    seller: {
      name: 'seller',
      label: 'Seller',
      objects: { account: { create: true, read: 'all', update: 'all' } },
    },
  },
  process: {
    checking: {
      name: 'checking',
      label: 'Checking',
      object: 'account',
      state_field: 'state',
      starts: 'on_create',
      events: { check: { label: 'Check' } },
      machine: {
        initial: 'new',
        states: {
          new: {
            meta: { label: 'New' },
            on: {
              check: {
                target: 'checked',
                actions: [
                  {
                    type: 'call',
                    params: {
                      action: 'credit_code.describe',
                      values: { code: 'record.credit_code', field: "'summary'" },
                    },
                  },
                ],
              },
            },
          },
          checked: { type: 'final', meta: { label: 'Checked' } },
        },
      },
    },
  },
}

const host = pluginHost(await loadPlugins(new URL('../..', import.meta.url).pathname))
const database = await freshDatabase()
const tenant = await testTenant(database, declarations, {
  plugins: host.vocabulary,
  recordPorts: { beforeWrite: host.beforeWrite },
  processPorts: { callAction: host.callAction },
})

it('brings a field type, a hook and a process action', async () => {
  const seller = await tenant.person('Seller', { roles: ['seller'] })
  const account = await tenant.write(seller, (unit) =>
    createRecord(unit, { object: 'account', values: { name: '榕城', credit_code: '91350100m000100y43' } }),
  )
  expect(account).toMatchObject({ credit_code: '91350100M000100Y43', division: '350100' })
  const id = String(account.id)
  const change = (values: Record<string, unknown>) =>
    tenant.write(seller, (unit) => updateRecord(unit, { object: 'account', id, values }))
  await expect(change({ credit_code: '91350100M000100Y44' })).rejects.toMatchObject({
    faults: [{ field: 'credit_code', code: 'credit_code' }],
  })
  await expect(change({ credit_code: null })).rejects.toMatchObject({
    faults: [{ field: 'credit_code', code: 'plugin' }],
  })
  await expect(change({ division: '1' })).rejects.toMatchObject({
    faults: [{ field: 'division', code: 'read_only' }],
  })
  await tenant.write(seller, (unit) =>
    sendEvent(
      unit,
      { object: 'account', id, event: 'check', values: {} },
      { ports: { callAction: host.callAction } },
    ),
  )
  expect(await tenant.read(seller, (unit) => getRecord(unit, { object: 'account', id }))).toMatchObject({
    summary: '91350100M000100Y43 (350100)',
    state: 'checked',
  })
})

it('is refused by the check where a process calls an action that no plugin provides', () => {
  expect(() => modelFromDocuments(declarations)).toThrow(/credit_code/)
})
