import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { localText } from '../../records/write/rules.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Effect } from '../steps/effects.ts'
import type { Instance } from '../steps/instance.ts'
import { tellPeople } from '../work-items/tell.ts'
import type { AskedApproval, AskedLevel, AskedSource } from './asked.ts'
import { closeApproval } from './close.ts'
import { standingOf, type Course } from './course.ts'
import { armDeadline } from './deadlines.ts'
import { findPeople, managersOf } from './find-people.ts'
import { askSeats } from './parts.ts'
import { resultOf } from './result.ts'
import { approvalColumns, insertApproval, type ApprovalPlan, type ApprovalRow } from './row.ts'
import { settle, type FoundLevel, type Unsettled } from './settle.ts'

/** What the process hears of an approval that nobody has to be asked for. */
export interface ImmediateResult {
  /** The approval, by its id. */
  readonly approval: string
  readonly invocation: string
  readonly name: string
  readonly output: Readonly<Record<string, unknown>>
}

/**
 * Begins an approval in levels: finds the people of all levels, and asks those of the first. One that was returned to the
 * requester and jumps back goes on where it was.
 * @returns the result where it is decided at once
 * @throws TesseraError event_refused where a level has nobody, or the requester would be asked, and that is refused
 */
export async function beginApproval(
  unit: UnitOfWork,
  options: {
    effect: Extract<Effect, { kind: 'open_approval' }>
    instance: Pick<Instance, 'id' | 'process' | 'record'>
    object: string
  },
): Promise<ImmediateResult | undefined> {
  const { effect, instance, object } = options
  const { asked, invocation } = effect
  const requester = asked.requestedBy === undefined ? (unit.principal.userId ?? null) : asked.requestedBy
  const returned = await returnedApproval(unit, { instance: instance.id, invocation })
  const course = returned?.course ?? (await foundCourse(unit, effect, requester))
  const now = unit.moment.now.toISOString()
  const id = uuidv7()
  const end =
    asked.deadline === undefined
      ? null
      : await armDeadline(unit, { instance: instance.id, approval: id, deadline: asked.deadline })
  const row: ApprovalRow = {
    id,
    instance: instance.id,
    invocation,
    object,
    record: instance.record,
    title: effect.title as ApprovalRow['title'],
    requested_by: requester,
    status: 'running',
    plan: await planOf(unit, { effect, requester, end, levels: returned?.plan.levels }),
    course,
    level: null,
    due_at: null,
    started_at: now,
    ended_at: null,
  }
  await insertApproval(unit, row)
  for (const { at, people } of row.plan.copies)
    if (at === 'start') await tellPeople(unit, { text: 'copy_start', people, about: row })
  const { outcome, level: at } = standingOf(course)
  if (outcome === undefined) {
    await askSeats(unit, { row, course, closing: 'decided' })
    return undefined
  }
  const level = course.levels[at]?.name ?? null
  await closeApproval(unit, { row, course, outcome, level })
  const form = instance.process.forms.get(invocation) ?? new Map()
  return {
    approval: id,
    invocation,
    name: `approval ${outcome}`,
    output: resultOf(course, { outcome, level, by: null, comment: null, form }),
  }
}

/** The same approval, where it was returned last time and jumps back: its levels are as they were settled then. */
async function returnedApproval(
  unit: UnitOfWork,
  { instance, invocation }: { instance: string; invocation: string },
): Promise<ApprovalRow | undefined> {
  const [row] = (await unit.sql.unsafe(
    `select ${approvalColumns} from _approval where instance = $1::uuid and invocation = $2::text
     order by started_at desc, id desc limit 1`,
    [instance, invocation],
    { prepare: true },
  )) as unknown as ApprovalRow[]
  return row?.status === 'returned' && row.plan.returns.then === 'jump_back' ? row : undefined
}

async function foundCourse(
  unit: UnitOfWork,
  { asked, title }: Extract<Effect, { kind: 'open_approval' }>,
  requester: string | null,
): Promise<Course> {
  const levels: FoundLevel[] = []
  for (const level of asked.levels) levels.push(await foundLevel(unit, level, requester))
  const manager = requester === null ? null : ((await managersOf(unit, [requester])).get(requester) ?? null)
  const course = settle({
    levels,
    requester: { person: requester, manager, policy: asked.requester },
    repeated: asked.repeated,
  })
  if ('reason' in course) throw unsettled(unit, { asked, title, fault: course })
  return course
}

async function foundLevel(
  unit: UnitOfWork,
  { name, rule, isInTurn, approvers, nobody }: AskedLevel,
  requester: string | null,
): Promise<FoundLevel> {
  const find = (source: AskedSource) => findPeople(unit, { source, requester })
  const found = []
  for (const { source, weight } of approvers)
    found.push(...(await find(source)).map((person) => ({ person, weight })))
  return {
    name,
    rule,
    isInTurn,
    found,
    nobody: nobody.do === 'ask' ? { do: 'ask', people: await find(nobody.source) } : { do: nobody.do },
  }
}

async function planOf(
  unit: UnitOfWork,
  options: {
    effect: Extract<Effect, { kind: 'open_approval' }>
    requester: string | null
    end: number | null
    levels: ApprovalPlan['levels'] | undefined
  },
): Promise<ApprovalPlan> {
  const { effect, requester, end, levels } = options
  const { asked, dueInMs } = effect
  const copies = []
  for (const { at, source } of asked.copies)
    copies.push({ at, people: await findPeople(unit, { source, requester }) })
  return {
    withdraw: asked.withdraw,
    mayTakeBack: asked.mayTakeBack,
    returns: asked.returns,
    mayRequesterApprove: asked.requester === 'may_approve',
    dueAt: dueInMs === null ? end : unit.moment.now.getTime() + dueInMs,
    deadline: asked.deadline,
    levels:
      levels ??
      Object.fromEntries(
        asked.levels.map(({ name, label, deadline, approvers }) => [
          name,
          { label, deadline, roles: rolesOf(approvers.map(({ source }) => source)) },
        ]),
      ),
    copies,
  }
}

/** The roles from which all people of a level come; none where some come another way. */
function rolesOf(sources: readonly AskedSource[]): readonly string[] {
  const roles = sources.flatMap(({ role }) => role ?? [])
  return roles.length === sources.length ? roles : []
}

function unsettled(
  unit: UnitOfWork,
  { asked, title, fault }: { asked: AskedApproval; title: unknown; fault: Unsettled },
): TesseraError {
  const { locale } = unit.principal
  const label = asked.levels.find(({ name }) => name === fault.level)?.label ?? fault.level
  const names = {
    level: localText(label, locale),
    title: localText(title as Parameters<typeof localText>[0], locale),
  }
  return new TesseraError('event_refused', texts[fault.reason][locale === 'zh-CN' ? 'zh-CN' : 'en'](names), {
    members: { reason: fault.reason === 'nobody' ? 'no_approver' : 'requester', level: fault.level },
  })
}

type Text = (names: { title: string; level: string }) => string

const texts: Readonly<Record<Unsettled['reason'], { en: Text; 'zh-CN': Text }>> = {
  nobody: {
    en: ({ title, level }) => `Nobody is found who could decide “${level}” of “${title}”.`,
    'zh-CN': ({ title, level }) => `“${title}”的“${level}”找不到审批人。`,
  },
  requester: {
    en: ({ title, level }) => `“${level}” of “${title}” would be decided by the one who asks for it.`,
    'zh-CN': ({ title, level }) => `“${title}”的“${level}”的审批人是申请人本人。`,
  },
}
