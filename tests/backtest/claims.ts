import type { Principal } from '../../platform/access/principal.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { mergePatch } from '../../platform/definitions/load/merge-patch.ts'
import {
  backtest,
  claimWorkItem,
  completeWorkItem,
  listWorkItems,
  sendEvent,
} from '../../platform/processes/index.ts'
import { createRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { lateDeclarations, type Documents } from './late.declarations.ts'

const weekday = { monday: 0, tuesday: 1, wednesday: 2, thursday: 3, friday: 4, next_monday: 7 }
type Day = keyof typeof weekday

/** What the draft declares otherwise: of the input of the check and of the approval, and of states and calendars. */
interface Patch {
  readonly check?: object
  readonly approve?: object
  readonly states?: object
  readonly calendar?: object
}

/** A tenant in which claims are checked and approved, and short ways to let them and to try drafts on them. */
export async function openClaims() {
  const tenant = await testTenant(await freshDatabase(), lateDeclarations)
  const clerk = await tenant.person('Clerk', { roles: ['clerk'] })
  const boss = await tenant.person('Boss', { roles: ['boss'] })
  const chief = await tenant.person('Chief', { roles: ['chief'] })
  const administrator = await tenant.person('Ada', { roles: ['administrator'] })
  let month = 0

  /** Cases are told from each other by their time: what comes after this is four weeks later, from a Monday on. */
  const nextMonth = () => {
    month += 1
  }
  const at = (day: Day, time: string) =>
    new Date(
      Date.parse(`2026-03-02T${time}:00.000Z`) + (month * 28 + weekday[day]) * 86_400_000,
    ).toISOString()
  const clock = (day: Day, time: string) => tenant.setClock(at(day, time))

  async function claim(day: Day, time: string): Promise<string> {
    clock(day, time)
    const record = await tenant.write(clerk, (unit) =>
      createRecord(unit, { object: 'claim', values: { title: 'A claim' } }),
    )
    return String(record.id)
  }

  const send = (id: string, event: string) =>
    tenant.write(clerk, (unit) => sendEvent(unit, { object: 'claim', id, event, values: {} }))

  const workOf = async (who: Principal, record: string) =>
    String((await tenant.read(who, (unit) => listWorkItems(unit, { record })))[0]?.id)

  async function check(record: string): Promise<void> {
    const id = await workOf(clerk, record)
    await tenant.write(clerk, (unit) => claimWorkItem(unit, id))
    await tenant.write(clerk, (unit) => completeWorkItem(unit, { id }))
  }

  async function decide(who: Principal, record: string, outcome = 'approved'): Promise<void> {
    const id = await workOf(who, record)
    await tenant.write(who, (unit) => completeWorkItem(unit, { id, outcome }))
  }

  function draftOf({ check: task, approve, states, calendar = {} }: Patch) {
    const inputs = {
      ...(task === undefined ? {} : { checking: { invoke: { input: task } } }),
      ...(approve === undefined ? {} : { deciding: { invoke: { input: approve } } }),
    }
    const patch = { calendar, process: { claiming: { machine: { states: { ...inputs, ...states } } } } }
    return modelFromDocuments(mergePatch(structuredClone(lateDeclarations), patch) as Documents)
  }

  const tried = (patch: Patch) =>
    backtest({
      work: tenant.work(administrator),
      draft: draftOf(patch),
      process: 'claiming',
      since: at('monday', '00:00'),
      limit: 10,
    })

  /** What is said of the one case of this month. */
  async function verdict(patch: Patch) {
    const { cases } = await tried(patch)
    if (cases.length !== 1) throw new Error(`There are ${cases.length} cases in this month, not one.`)
    return cases[0]
  }

  return {
    ...{ tenant, clerk, boss, chief, administrator, nextMonth, at, clock },
    ...{ claim, send, workOf, check, decide, tried, verdict },
  }
}
