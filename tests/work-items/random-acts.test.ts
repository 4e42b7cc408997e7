import { expect, it } from 'vitest'
import { TesseraError } from '../../platform/access/errors.ts'
import {
  addToWorkItem,
  answerWorkItem,
  claimWorkItem,
  completeWorkItem,
  delegateWorkItem,
  listWorkItems,
  recallWorkItem,
  releaseWorkItem,
  removeFromWorkItem,
  transferWorkItem,
  type WorkItem,
} from '../../platform/processes/index.ts'
import type { WorkAct } from '../../platform/processes/work-items/rights.ts'
import type { UnitOfWork } from '../../platform/records/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, client, ann, bob, cid, admin, as, filed, id, stateOf } = desk
const people = [client, ann, bob, cid, admin]

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'leaves a sound item and at most one result, whatever people do at the same moment (seed %i)',
  async (seed) => {
    const random = randomFrom(seed)
    const { claim, item } = await filed()
    for (let round = 0; round < 20; round++) {
      const acts = []
      for (let hand = 0; hand < 4; hand++) {
        const who = pick(random, people)
        const seen = await tenant.read(who, (unit) => listWorkItems(unit, { record: claim }))
        acts.push({ who, act: randomAct(random, seen.length === 0 ? undefined : pick(random, seen), item) })
      }
      const outcomes = await Promise.allSettled(acts.map(({ who, act }) => as(who, act)))
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TesseraError)
      await mustBeSound(claim, item)
    }
  },
)

/** Mostly what is possible with what is seen, sometimes anything; the end is rare, so that much can happen before. */
function randomAct(random: () => number, seen: WorkItem | undefined, item: string) {
  const target = seen?.id ?? item
  const to = id(pick(random, people))
  const added = seen?.added.at(-1)?.id ?? item
  const place = random() < 0.5 ? 'before' : 'after'
  const outcome = random() < 0.1 ? 'rejected' : 'approved'
  const isTooEarly = seen?.place === null && random() < 0.5
  const acts: Partial<Record<WorkAct, (unit: UnitOfWork) => Promise<unknown>>> = {
    claim: (unit) => claimWorkItem(unit, target),
    release: (unit) => releaseWorkItem(unit, target),
    transfer: (unit) => transferWorkItem(unit, { id: target, to }),
    delegate: (unit) => delegateWorkItem(unit, { id: target, to }),
    answer: (unit) => answerWorkItem(unit, { id: target, comment: 'Yes' }),
    recall: (unit) => recallWorkItem(unit, target),
    add: (unit) => addToWorkItem(unit, { id: target, to, place }),
    remove: (unit) => removeFromWorkItem(unit, { id: target, added }),
    approve: isTooEarly
      ? (unit) => addToWorkItem(unit, { id: target, to, place })
      : (unit) => completeWorkItem(unit, { id: target, outcome }),
  }
  const possible = (seen?.can ?? []).flatMap((name) => acts[name] ?? [])
  const isAnything = possible.length === 0 || random() < 0.2
  return pick(random, isAnything ? Object.values(acts) : possible)
}

async function mustBeSound(claim: string, item: string): Promise<void> {
  const [main] = await tenant.sql`select * from _work_item where id = ${item}`
  const parts = await tenant.sql`select * from _work_item where parent = ${item}`
  const results = await tenant.sql`
    select s.event from _step s join _instance i on i.id = s.instance
    where i.record = ${claim} and s.event in ('approval approved', 'approval rejected')`
  const openParts = parts.filter(({ status }) => status === 'open')
  expect(results).toHaveLength(main?.status === 'done' ? 1 : 0)
  expect((await stateOf(claim)) === 'approving').toBe(main?.status !== 'done')
  if (main?.status === 'done') expect(parts.filter((part) => part.completed_at === null)).toEqual([])
  if (main?.status === 'waiting') expect(openParts.length).toBeGreaterThan(0)
  if (main?.status === 'open' || main?.status === 'claimed') expect(openParts).toEqual([])
  if (main?.status === 'claimed') expect(main.assignee).not.toBeNull()
  const delegator = (main?.delegated_by ?? null) as string | null
  if (delegator !== null) expect(main?.assignee).not.toBe(delegator)
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
