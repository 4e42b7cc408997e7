import { expect, it } from 'vitest'
import { pluginHost } from '../../platform/extension/plugin-host.ts'
import { createRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const object = (name: string) => ({
  name,
  label: name,
  name_field: 'name',
  fields: { name: { type: 'text' } },
})
const documents = {
  object: { limit: object('limit'), deal: object('deal') },
  role: {
    seller: { name: 'seller', label: 'Seller', objects: { deal: { create: true, read: 'all' } } },
    clerk: { name: 'clerk', label: 'Clerk', objects: { limit: { read: 'all' } } },
  },
}

/** A tenant with a plugin that writes into each new deal how many limits it sees. */
async function withPlugin(name: string, runAs: string | undefined) {
  const host = pluginHost([
    {
      name: 'counting',
      ...(runAs === undefined ? {} : { runAs }),
      hooks: [
        {
          object: 'deal',
          run: async (_, context) => ({
            name: `${(await context.list({ object: 'limit' })).rows.length} seen`,
          }),
        },
      ],
    },
  ])
  const tenant = await testTenant(await freshDatabase(), documents, {
    name,
    recordPorts: { beforeWrite: host.beforeWrite },
  })
  const root = await tenant.person('Root', { roles: ['administrator'] })
  await tenant.write(root, (unit) => createRecord(unit, { object: 'limit', values: { name: 'one' } }))
  const seller = await tenant.person('Seller', { roles: ['seller'] })
  return tenant.write(seller, (unit) => createRecord(unit, { object: 'deal', values: { name: 'x' } }))
}

it('reads under the role that it declares, and otherwise under the rights of whoever acts', async () => {
  expect((await withPlugin('as_clerk', 'clerk')).name).toBe('1 seen')
  await expect(withPlugin('as_seller', undefined)).rejects.toMatchObject({ code: 'not_found' })
})

it('says so where the role is not declared', async () => {
  await expect(withPlugin('as_nobody', 'nobody')).rejects.toThrow(/runs as the role "nobody"/)
})
