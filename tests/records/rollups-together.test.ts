import { expect, it } from 'vitest'
import { createRecord, rollupsTogether } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const objects = (rule: string) => ({
  object: {
    box: {
      name: 'box',
      label: 'Box',
      plural: 'Boxes',
      name_field: 'name',
      fields: {
        name: { type: 'text' },
        shelf: { type: 'reference', to: 'shelf' },
        weight: { type: 'decimal' },
        things: { type: 'rollup', of: 'thing.box', function: 'sum', field: 'weight', returns: 'decimal' },
      },
    },
    shelf: {
      name: 'shelf',
      label: 'Shelf',
      plural: 'Shelves',
      name_field: 'name',
      fields: {
        name: { type: 'text' },
        load: { type: 'rollup', of: 'box.shelf', function: 'sum', field: 'things', returns: 'decimal' },
        half: { type: 'formula', returns: 'decimal', expression: 'record.load / 2' },
      },
    },
    thing: {
      name: 'thing',
      label: 'Thing',
      plural: 'Things',
      name_field: 'name',
      fields: { name: { type: 'text' }, box: { type: 'reference', to: 'box' }, weight: { type: 'decimal' } },
      validations: { rule: { invalid_when: rule, message: 'Too heavy.' } },
    },
  },
  role: { keeper: { name: 'keeper', label: 'Keeper', objects: { '*': { create: true, read: 'all' } } } },
})

const database = await freshDatabase()
const carefree = await testTenant(database, objects('record.weight > 100') as never, { name: 'carefree' })
const careful = await testTenant(database, objects('record.box.shelf.half > 2') as never, { name: 'careful' })

async function fill(tenant: typeof carefree, weights: readonly number[]) {
  const keeper = await tenant.person('Kim Keeper', { roles: ['keeper'] })
  return tenant.write(keeper, async (unit) => {
    const shelf = (await createRecord(unit, { object: 'shelf', values: { name: 'S' } })).id
    const box = (await createRecord(unit, { object: 'box', values: { name: 'B', shelf } })).id
    const thing = unit.model.objects.get('thing')
    if (thing === undefined) throw new Error('The object thing is declared above.')
    await rollupsTogether(unit, thing, async (gathering) => {
      for (const weight of weights)
        await createRecord(gathering, { object: 'thing', values: { name: 'T', box, weight } })
    })
    const [row] = await unit.sql.unsafe('select things, load from box join shelf on shelf.id = box.shelf')
    return row
  })
}

it('roll-ups of many writes are right at their end, and those over them too', async () => {
  expect(await fill(carefree, [1, 2, 3])).toEqual({ things: '6.00', load: '6.00' })
})

it('a rule that reads a roll-up, even through a formula, sees every write before', async () => {
  await expect(fill(careful, [2, 3, 1])).rejects.toThrow('Too heavy.')
})
