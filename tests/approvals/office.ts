import type { Principal } from '../../platform/access/principal.ts'
import {
  completeWorkItem,
  describeProcess,
  fireTimer,
  listNotifications,
  listWorkItems,
  returnWorkItem,
  sendEvent,
  takeBackVote,
  withdrawApproval,
} from '../../platform/processes/index.ts'
import { createRecord, getRecord, updateRecord, type UnitOfWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations, type ApprovalKind } from './declarations.ts'

/** A request whose approval is under way or over. */
export interface Request {
  readonly object: string
  readonly id: string
}

/** A tenant in which people ask for things and decide on them, and short ways to let them. */
export async function openOffice(documents = declarations) {
  const tenant = await testTenant(await freshDatabase(), documents)
  const dora = await tenant.person('Dora')
  const mona = await tenant.person('Mona')
  const rita = await tenant.person('Rita', { roles: ['asker'] })
  const ann = await tenant.person('Ann', { roles: ['checker'] })
  const bob = await tenant.person('Bob', { roles: ['checker'] })
  const cid = await tenant.person('Cid', { roles: ['checker'] })
  const fay = await tenant.person('Fay', { roles: ['finance'] })
  const admin = await tenant.person('Ada', { roles: ['administrator'] })
  const everybody = [dora, mona, rita, ann, bob, cid, fay, admin]

  const as = <T>(who: Principal, act: (unit: UnitOfWork) => Promise<T>) => tenant.write(who, act)
  const set = (who: Principal, values: Record<string, unknown>) =>
    as(admin, (unit) => updateRecord(unit, { object: 'user', id: who.userId as string, values }))
  await set(rita, { manager: mona.userId })
  await set(mona, { manager: dora.userId })
  await set(ann, { manager: mona.userId })
  await set(bob, { manager: mona.userId })

  async function draft(kind: ApprovalKind, values: Record<string, unknown> = {}): Promise<Request> {
    const object = `ask_${kind}`
    const record = await as(rita, (unit) =>
      createRecord(unit, { object, values: { title: kind, ...values } }),
    )
    return { object, id: String(record.id) }
  }

  const submit = (request: Request, values: Record<string, unknown> = {}, by = rita) =>
    as(by, (unit) => sendEvent(unit, { ...request, event: 'submit', values }))

  /** A request that has been submitted. */
  async function asked(
    kind: ApprovalKind,
    values: Record<string, unknown> = {},
    form = {},
  ): Promise<Request> {
    const request = await draft(kind, values)
    await submit(request, form)
    return request
  }

  const workOf = async (who: Principal, { id }: Request) =>
    (await tenant.read(who, (unit) => listWorkItems(unit))).find(({ record }) => record.id === id)
  /** The names of those who have work of the request. */
  async function waiting(request: Request): Promise<string> {
    const items = await tenant.read(admin, (unit) => listWorkItems(unit, { record: request.id }))
    return items
      .map(({ assignee }) => assignee?.name ?? '-')
      .toSorted()
      .join()
  }
  async function vote(who: Principal, request: Request, outcome = 'approved', rest: object = {}) {
    const item = await workOf(who, request)
    if (item === undefined) throw new Error(`${who.name} has no work of this request`)
    return as(who, (unit) => completeWorkItem(unit, { id: item.id, outcome, ...rest }))
  }
  const back = async (who: Principal, request: Request, to?: string) => {
    const id = (await workOf(who, request))?.id as string
    return as(who, (unit) => returnWorkItem(unit, { id, to, comment: 'Look again' }))
  }
  const seen = async (request: Request, who = admin) =>
    (await tenant.read(who, (unit) => describeProcess(unit, request))).approvals
  const current = async (request: Request) => (await seen(request))[0]?.id as string
  const withdraw = async (who: Principal, request: Request) => {
    const id = await current(request)
    return as(who, (unit) => withdrawApproval(unit, { id }))
  }
  const takeBack = async (who: Principal, request: Request) => {
    const id = await current(request)
    return as(who, (unit) => takeBackVote(unit, { id }))
  }
  const field = async ({ object, id }: Request, name: string) =>
    (await tenant.read(admin, (unit) => getRecord(unit, { object, id })))[name]
  const stateOf = (request: Request) => field(request, 'state')
  const resultOf = (request: Request) => field(request, 'result')
  const inbox = async (who: Principal, { id }: Request) =>
    (await tenant.read(who, (unit) => listNotifications(unit))).items
      .filter(({ record }) => record === id)
      .map(({ text }) => text)
      .toReversed()
  /** Moves the time and lets everything happen that is due by then. */
  async function moveTo(moment: string): Promise<void> {
    for (;;) {
      const [due] = await tenant.sql`select id, due_at as at from _timer
        where status = 'pending' and due_at <= ${moment} order by due_at limit 1`
      if (due === undefined) break
      tenant.setClock(String(due.at))
      await fireTimer(tenant.work(admin), String(due.id))
    }
    tenant.setClock(moment)
  }
  const id = (who: Principal) => who.userId as string

  return {
    ...{ tenant, everybody, dora, mona, rita, ann, bob, cid, fay, admin },
    ...{ as, set, draft, submit, asked, workOf, waiting, vote, back, seen, current, withdraw, takeBack },
    ...{ field, stateOf, resultOf, inbox, moveTo, id },
  }
}
