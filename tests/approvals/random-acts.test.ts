import { expect, it } from 'vitest'
import { TesseraError } from '../../platform/access/errors.ts'
import {
  addToWorkItem,
  answerWorkItem,
  completeWorkItem,
  delegateWorkItem,
  listWorkItems,
  recallWorkItem,
  removeFromWorkItem,
  returnWorkItem,
  takeBackVote,
  transferWorkItem,
  withdrawApproval,
  type WorkItem,
} from '../../platform/processes/index.ts'
import { standingOf, type Course } from '../../platform/processes/approvals/course.ts'
import type { UnitOfWork } from '../../platform/records/index.ts'
import { Random } from '../processes/differential/random.ts'
import { only } from './declarations.ts'
import { openOffice, type Request } from './office.ts'

const office = await openOffice(only('acts', 'jumping'))
const { tenant, ann, bob, cid, dora, mona, fay, rita, as, asked, id, seen, stateOf, submit } = office
const people = [ann, bob, cid, dora, mona, fay, rita]

it.each([1, 2, 3, 4])(
  'an approval stays sound and ends at most once, whatever people do at the same moment (seed %i)',
  async (seed) => {
    const random = new Random(seed)
    const begin = () => asked(seed % 2 === 0 ? 'jumping' : 'acts', { reviewer: id(dora), other: id(mona) })
    let request = await begin()
    for (let round = 0; round < 10; round++) {
      const state = await stateOf(request)
      if (state === 'draft') await submit(request)
      else if (state !== 'deciding') request = await begin()
      const acts = []
      for (let hand = 0; hand < 3; hand++) {
        const who = random.of(people)
        const items = await tenant.read(who, (unit) => listWorkItems(unit, { record: request.id }))
        const current = (await seen(request))[0]
        const own = items.filter(({ can }) => can.includes('approve') || can.includes('answer'))
        const item = own.length > 0 && random.chance(0.8) ? random.of(own) : items[0]
        acts.push({ who, act: randomAct(random, item, current?.id ?? '') })
      }
      const outcomes = await Promise.allSettled(acts.map(({ who, act }) => as(who, act)))
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TesseraError)
      await mustBeSound(request)
    }
  },
)

/** Mostly a vote with what one has; sometimes something else, or with what is not one's own. */
function randomAct(random: Random, item: WorkItem | undefined, approval: string) {
  const target = item?.id ?? approval
  const to = id(random.of(people))
  const place = random.chance(0.5) ? 'before' : 'after'
  const outcome = random.chance(0.15) ? 'rejected' : 'approved'
  const added = item?.added.at(-1)?.id ?? target
  const vote = (unit: UnitOfWork) => completeWorkItem(unit, { id: target, outcome })
  const answer = (unit: UnitOfWork) => answerWorkItem(unit, { id: target, comment: 'Yes' })
  const others: ((unit: UnitOfWork) => Promise<unknown>)[] = [
    (unit) => transferWorkItem(unit, { id: target, to }),
    (unit) => delegateWorkItem(unit, { id: target, to }),
    (unit) => recallWorkItem(unit, target),
    (unit) => addToWorkItem(unit, { id: target, to, place }),
    (unit) => removeFromWorkItem(unit, { id: target, added }),
    (unit) => returnWorkItem(unit, { id: target, comment: 'No', to: random.chance(0.8) ? 'one' : undefined }),
    (unit) => takeBackVote(unit, { id: approval }),
    (unit) => withdrawApproval(unit, { id: approval }),
  ]
  if (item?.can.includes('answer')) return answer
  return random.chance(0.5) ? vote : random.of(others)
}

async function mustBeSound({ object, id: record }: Request): Promise<void> {
  const approvals = await tenant.sql`select * from _approval where record = ${record}`
  const open = await tenant.sql`
    select seat, assignee, status, parent from _work_item where record = ${record} and completed_at is null`
  const ends = await tenant.sql`select 1 from _step s join _instance i on i.id = s.instance
    where i.record = ${record} and s.event like 'approval %'`
  const running = approvals.filter(({ status }) => status === 'running')
  expect(ends).toHaveLength(approvals.length - running.length)
  expect((await stateOf({ object, id: record })) === 'deciding').toBe(running.length === 1)
  const seats = open.filter(({ parent }) => parent === null)
  if (running.length === 0) return expect(open).toHaveLength(0)
  const standing = standingOf(running[0]?.course as Course)
  expect(standing.outcome).toBeUndefined()
  const asking = standing.outcome === undefined ? standing.asked.map((seat) => seat.id) : []
  expect(seats.map(({ seat }) => seat as string).toSorted()).toEqual(asking.toSorted())
  expect(seats.every(({ assignee }) => assignee !== null && assignee !== id(rita))).toBe(true)
}
