import type { Principal } from '../../platform/access/principal.ts'
import {
  completeWorkItem,
  listNotifications,
  listWorkItems,
  listWorkLog,
  sendEvent,
} from '../../platform/processes/index.ts'
import { createRecord, getRecord, updateRecord, type UnitOfWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

/** A tenant with people at a desk, and short ways to let them work. */
export async function openDesk() {
  const tenant = await testTenant(await freshDatabase(), declarations)
  const client = await tenant.person('Cleo', { roles: ['client'] })
  const ann = await tenant.person('Ann', { roles: ['clerk'] })
  const bob = await tenant.person('Bob', { roles: ['clerk'] })
  const cid = await tenant.person('Cid', { roles: ['clerk'] })
  const outsider = await tenant.person('Otto')
  const admin = await tenant.person('Ada', { roles: ['administrator'] })

  const as = <T>(who: Principal, act: (unit: UnitOfWork) => Promise<T>) => tenant.write(who, act)
  const work = (who: Principal) => tenant.read(who, (unit) => listWorkItems(unit))
  const workOf = async (who: Principal, item: string) => (await work(who)).find(({ id }) => id === item)

  /** A claim that waits for approval by the clerks, and the item of that approval. */
  async function filed(checker: Principal = ann, by: Principal = client) {
    const values = { title: 'Broken cup', checker: checker.userId }
    const claim = String((await as(by, (unit) => createRecord(unit, { object: 'claim', values }))).id)
    await as(by, (unit) => sendEvent(unit, { object: 'claim', id: claim, event: 'file', values: {} }))
    return { claim, item: await itemOf(claim) }
  }

  /** A claim that waits for its checker. */
  async function approved(checker: Principal = ann) {
    const { claim, item } = await filed(checker)
    await as(cid, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved', values: { amount: 5 } }))
    return { claim, item: await itemOf(claim) }
  }

  async function itemOf(claim: string): Promise<string> {
    const [item] = await tenant.read(admin, (unit) => listWorkItems(unit, { record: claim }))
    return item?.id as string
  }

  const stateOf = async (claim: string) =>
    (await tenant.read(admin, (unit) => getRecord(unit, { object: 'claim', id: claim }))).state
  const logOf = async (who: Principal, item: string) =>
    (await tenant.read(who, (unit) => listWorkLog(unit, item))).map(
      ({ act, by, on_behalf_of: whom, from, to }) =>
        [
          act,
          by?.name,
          ...[from, to].map((each) => each?.name ?? '-'),
          ...(whom === null ? [] : [`for ${whom.name}`]),
        ].join(' '),
    )
  const inbox = async (who: Principal) =>
    (await tenant.read(who, (unit) => listNotifications(unit))).items.map(({ text }) => text)
  const set = (who: Principal, values: Record<string, unknown>) =>
    as(admin, (unit) => updateRecord(unit, { object: 'user', id: who.userId as string, values }))
  const id = (who: Principal) => who.userId as string

  return {
    tenant,
    client,
    ann,
    bob,
    cid,
    outsider,
    admin,
    as,
    work,
    workOf,
    filed,
    approved,
    itemOf,
    stateOf,
    logOf,
    inbox,
    set,
    id,
  }
}
