import type { Principal } from '../../platform/access/principal.ts'
import {
  completeWorkItem,
  countInstances,
  listInstances,
  listWorkItems,
  sendEvent,
  type Trouble,
} from '../../platform/processes/index.ts'
import { createRecord, getRecord, listRecords, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { shippedModel } from './shipped-packages.ts'

export type Values = Readonly<Record<string, unknown>>

/** A tenant with the shipped packages and the people of a small company, in two teams. */
export async function company() {
  const tenant = await testTenant(await freshDatabase(), shippedModel().documents)
  const hired = async (name: string, roles: readonly string[], team?: string) =>
    personOf(tenant, await tenant.person(name, team === undefined ? { roles } : { roles, team }))
  const administrator = await hired('Administrator', ['administrator'])
  const [east, west] = [
    String((await administrator.create('team', { name: 'East' })).id),
    String((await administrator.create('team', { name: 'West' })).id),
  ]
  return {
    administrator,
    operations: await hired('Operations', ['operations']),
    manager: await hired('Manager', ['sales_manager'], east),
    seller: await hired('Seller', ['seller'], east),
    colleague: await hired('Colleague', ['seller'], east),
    stranger: await hired('Stranger', ['seller'], west),
  }
}

/** How a piece of work ends: `accepted`, or the code of the refusal. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )
}

export function usd(amount: string) {
  return { amount, currency: 'USD' }
}

/** A person of the company with hands: what they do happens under their rights. */
function personOf(tenant: TestTenant, principal: Principal) {
  return {
    id: principal.userId,
    create: (object: string, values: Values) =>
      tenant.write(principal, (unit) => createRecord(unit, { object, values })),
    update: (object: string, id: unknown, values: Values) =>
      tenant.write(principal, (unit) => updateRecord(unit, { object, id: String(id), values })),
    get: (object: string, id: unknown) =>
      tenant.read(principal, (unit) => getRecord(unit, { object, id: String(id) })),
    list: async (object: string) =>
      (await tenant.read(principal, (unit) => listRecords(unit, { object, fields: ['id'] }))).rows,
    send: (object: string, id: unknown, event: string, values: Values = {}) =>
      tenant.write(principal, (unit) => sendEvent(unit, { object, id: String(id), event, values })),
    work: () => tenant.read(principal, (unit) => listWorkItems(unit)),
    /** Live processes as operators see them: those in a trouble, and how many are where. */
    operated: (trouble: Trouble) =>
      tenant.read(principal, async (unit) => ({
        items: (await listInstances(unit, { trouble })).items,
        places: await countInstances(unit),
      })),
    /** Decides the open approval of a record. */
    decide: (record: unknown, outcome: string) =>
      tenant.write(principal, async (unit) => {
        const [item] = await listWorkItems(unit, { record: String(record) })
        if (item === undefined) throw new Error(`No work is open for ${String(record)}.`)
        return completeWorkItem(unit, { id: item.id, outcome })
      }),
  }
}
