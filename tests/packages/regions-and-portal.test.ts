import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { createRecord, getRecord, listRecords, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { codeOf, usd } from './company.ts'
import { shippedModel } from './shipped-packages.ts'

const tenant = await testTenant(await freshDatabase(), shippedModel().documents)
const make = async (by: Principal, object: string, values: Record<string, unknown>) =>
  String((await tenant.write(by, (unit) => createRecord(unit, { object, values }))).id)
const change = (by: Principal, object: string, id: string, values: Record<string, unknown>) =>
  tenant.write(by, (unit) => updateRecord(unit, { object, id, values }))
const titles = async (by: Principal, object: string, field = 'name') =>
  (await tenant.read(by, (unit) => listRecords(unit, { object, fields: [field], sort: [field] }))).rows.map(
    (row) => row[field],
  )
let administrator: Principal
let seller: Principal

beforeAll(async () => {
  administrator = await tenant.person('Administrator', { roles: ['administrator'] })
  seller = await tenant.person('Seller', { roles: ['seller'] })
})

describe('a regional manager', () => {
  it('changes the accounts of the own territories and those below, and sees the deals of all who report up to her', async () => {
    const europe = await make(administrator, 'territory', { name: 'Europe' })
    const spain = await make(administrator, 'territory', { name: 'Spain', part_of: europe })
    const asia = await make(administrator, 'territory', { name: 'Asia' })
    const regional = await tenant.person('Regional', { roles: ['regional_manager'] })
    const leader = await tenant.person('Leader', { roles: ['sales_manager'] })
    const above = (person: Principal, manager: Principal) =>
      change(administrator, 'user', String(person.userId), { manager: manager.userId })
    await above(seller, leader)
    await above(leader, regional)
    await change(administrator, 'user', String(regional.userId), { territories: [europe] })
    const madrid = await make(administrator, 'account', { name: 'Madrid Motors', territory: spain })
    const tokyo = await make(administrator, 'account', { name: 'Tokyo Tools', territory: asia })
    expect(await codeOf(change(regional, 'account', madrid, { office_location: 'Madrid' }))).toBe('accepted')
    expect(await codeOf(change(regional, 'account', tokyo, { office_location: 'Tokyo' }))).toBe('forbidden')
    expect(await codeOf(change(regional, 'account', madrid, { territory: asia }))).toBe('forbidden')
    await make(seller, 'opportunity', { title: 'Below', account: madrid })
    await make(administrator, 'opportunity', { title: 'Elsewhere', account: madrid })
    expect(await titles(regional, 'opportunity', 'title')).toEqual(['Below'])
  })
})

describe('a customer', () => {
  let ours: string
  let contact: string
  let customer: Principal

  beforeAll(async () => {
    ours = await make(seller, 'account', { name: 'Ours' })
    const theirs = await make(seller, 'account', { name: 'Theirs' })
    contact = await make(seller, 'contact', { name: 'Carla', account: ours, phone: '+34600000001' })
    await make(seller, 'contact', { name: 'Theo', account: theirs })
    const product = await make(administrator, 'product', { name: 'Sensor', list_price: usd('100') })
    const lines = [{ product, quantity: '2', discount: '0' }]
    for (const account of [ours, theirs]) {
      const opportunity = await make(seller, 'opportunity', { title: 'Deal', account })
      await make(seller, 'quote', { opportunity, lines })
    }
    customer = await tenant.person('Customer', { roles: ['customer', 'sales_manager'] })
  })

  it('sees nothing before it is said whose contact it is', async () => {
    for (const object of ['account', 'contact', 'quote', 'sales_order'])
      expect(await titles(customer, object, 'id')).toEqual([])
  })

  it('sees the own company, its people and documents, and no inside role changes that', async () => {
    await change(administrator, 'user', String(customer.userId), { contact })
    expect(await titles(customer, 'account')).toEqual(['Ours'])
    expect(await titles(customer, 'contact')).toEqual(['Carla'])
    expect(await codeOf(Promise.resolve(titles(customer, 'opportunity', 'title')))).toBe('not_found')
    // A draft is not meant for them yet.
    expect(await titles(customer, 'quote', 'id')).toEqual([])
    const own = await tenant.read(customer, (unit) => getRecord(unit, { object: 'contact', id: contact }))
    expect(own).toMatchObject({ name: 'Carla', phone: '••••••••0001' })
    expect(own).not.toHaveProperty('owner')
    expect(await codeOf(change(customer, 'contact', contact, { name: 'Other' }))).toBe('forbidden')
    expect(await codeOf(make(customer, 'contact', { name: 'New', account: ours }))).toBe('forbidden')
  })
})
