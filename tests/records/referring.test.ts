import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { sendEvent } from '../../platform/processes/index.ts'
import { createRecord, listRecords, updateRecord, type RecordValues } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const sameFirm = 'record.firm == referring.firm'
const object = (name: string, fields: object, others: object = {}) => ({
  name,
  label: name,
  name_field: 'name',
  ownership: 'none',
  fields: { name: { type: 'text' }, ...fields },
  ...others,
})
const reference = (to: string, where?: string) => ({
  type: 'reference',
  to,
  ...(where === undefined ? {} : { where }),
})

const declarations = {
  object: {
    firm: object('firm', { city: { type: 'text' }, parent: reference('firm', 'record.id != referring.id') }),
    person: object('person', { firm: reference('firm'), age: { type: 'integer' } }),
    deal: object(
      'deal',
      {
        state: { type: 'state' },
        firm: reference('firm'),
        least: { type: 'integer' },
        contact: reference('person', sameFirm),
        elder: reference('person', 'referring.least == null || record.age >= referring.least'),
        townsman: reference('person', 'record.firm.city == referring.firm.city'),
        adults: { type: 'references', to: 'person', where: 'record.age >= 18' },
      },
      { lifecycle: 'dealing' },
    ),
  },
  process: {
    dealing: {
      name: 'dealing',
      label: 'Dealing',
      object: 'deal',
      state_field: 'state',
      starts: 'on_create',
      events: {
        close: {
          label: 'Close',
          form: {
            witnesses: { type: 'references', to: 'person', where: 'record.age >= 18' },
            signed_by: { ...reference('person', sameFirm), required: true },
          },
        },
      },
      machine: {
        initial: 'open',
        states: {
          open: { meta: { label: 'Open' }, on: { close: 'closed' } },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
  },
}

const tenant = await testTenant(await freshDatabase(), declarations as never)
let admin: Principal
const ids: Record<string, string> = {}
const make = async (of: string, values: RecordValues) =>
  String((await tenant.write(admin, (unit) => createRecord(unit, { object: of, values }))).id)
const change = (id: string, values: RecordValues, of = 'deal') =>
  tenant.write(admin, (unit) => updateRecord(unit, { object: of, id, values }))
const refused = (field: string) => ({ faults: [{ field, code: 'reference' }] })

beforeAll(async () => {
  admin = await tenant.person('Admin', { roles: ['administrator'] })
  for (const [name, city] of [
    ['acme', 'Paris'],
    ['apex', 'Paris'],
    ['zeta', 'Rome'],
  ] as const)
    ids[name] = await make('firm', { name, city })
  for (const [name, firm, age] of [
    ['ada', 'acme', 40],
    ['ann', 'apex', 30],
    ['zoe', 'zeta', 12],
    ['nobody', undefined, 50],
  ] as const)
    ids[name] = await make('person', { name, age, firm: firm === undefined ? null : ids[firm] })
})

describe('a reference whose choice depends on the record that refers', () => {
  it('takes what fits, and refuses the rest', async () => {
    const id = await make('deal', { name: 'a', firm: ids.acme, contact: ids.ada })
    await expect(change(id, { contact: ids.ann })).rejects.toMatchObject(refused('contact'))
    await expect(make('deal', { name: 'b', firm: ids.acme, contact: ids.zoe })).rejects.toMatchObject(
      refused('contact'),
    )
    // With a blank, nothing compares.
    await expect(make('deal', { name: 'c', contact: ids.nobody })).rejects.toMatchObject(refused('contact'))
  })

  it('is checked anew when the field that it depends on changes, unless it changes along', async () => {
    const id = await make('deal', { name: 'a', firm: ids.acme, contact: ids.ada })
    await expect(change(id, { firm: ids.zeta })).rejects.toMatchObject(refused('contact'))
    await change(id, { firm: ids.zeta, contact: ids.zoe })
    await change(id, { name: 'renamed' })
    await expect(change(id, { firm: null })).rejects.toMatchObject(refused('contact'))
  })

  it('may depend on a value, on the record itself, and on what is behind another reference', async () => {
    const id = await make('deal', { name: 'a', firm: ids.acme, elder: ids.zoe })
    await expect(change(id, { least: 18 })).rejects.toMatchObject(refused('elder'))
    await change(id, { least: 18, elder: ids.ada })
    await change(id, { townsman: ids.ann })
    await expect(change(id, { townsman: ids.zoe })).rejects.toMatchObject(refused('townsman'))
    await expect(change(ids.acme as string, { parent: ids.acme }, 'firm')).rejects.toMatchObject(
      refused('parent'),
    )
    await change(ids.acme as string, { parent: ids.apex }, 'firm')
  })

  it('holds in the form of an event, for the record whose process it is', async () => {
    const id = await make('deal', { name: 'a', firm: ids.acme })
    const close = (signed_by: unknown, witnesses: unknown[] = []) =>
      tenant.write(admin, (unit) =>
        sendEvent(unit, { object: 'deal', id, event: 'close', values: { signed_by, witnesses } }),
      )
    await expect(close(ids.ann)).rejects.toMatchObject(refused('signed_by'))
    await expect(close(ids.ada, [ids.ann, ids.zoe])).rejects.toMatchObject(refused('witnesses'))
    await close(ids.ada, [ids.ann, ids.nobody])
  })
})

it('a many-to-many field takes only what its condition admits', async () => {
  const id = await make('deal', { name: 'a', adults: [ids.ada, ids.ann] })
  await expect(change(id, { adults: [ids.ada, ids.zoe] })).rejects.toMatchObject(refused('adults'))
})

describe('looking up what may be chosen', () => {
  const names = async (choosable: object) => {
    const request = {
      object: 'person',
      choosable: { object: 'deal', ...choosable } as never,
      sort: ['name'],
      count: true,
    }
    const { rows, count } = await tenant.read(admin, (unit) => listRecords(unit, request))
    expect(count?.value).toBe(rows.length)
    return rows.map(({ name }) => name)
  }

  it('goes by what is filled in, stored or not', async () => {
    expect(await names({ field: 'contact', values: { firm: ids.acme } })).toEqual(['ada'])
    expect(await names({ field: 'contact', values: { firm: ids.zeta } })).toEqual(['zoe'])
    expect(await names({ field: 'contact', values: {} })).toEqual([])
    expect(await names({ field: 'elder', values: { least: 35 } })).toEqual(['ada', 'nobody'])
    expect(await names({ field: 'townsman', values: { firm: ids.apex } })).toEqual(['ada', 'ann'])
    expect(await names({ field: 'adults' })).toEqual(['ada', 'ann', 'nobody'])
  })

  it('goes by what is stored for the form of an event', async () => {
    const id = await make('deal', { name: 'a', firm: ids.zeta })
    expect(await names({ field: 'signed_by', event: 'close', id })).toEqual(['zoe'])
  })

  it('refuses fields that are no reference to these records, and values that the field refuses', async () => {
    await expect(names({ field: 'name' })).rejects.toMatchObject({ code: 'bad_request' })
    await expect(names({ field: 'firm' })).rejects.toMatchObject({ code: 'bad_request' })
    await expect(names({ field: 'contact', values: { firm: 'x' } })).rejects.toMatchObject({
      code: 'validation',
    })
  })
})
