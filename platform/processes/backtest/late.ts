import { delayEnd } from '../../calendars/delay.ts'
import type { Model } from '../../definitions/model/model.ts'
import { formatDuration } from '../../language/values/duration.ts'
import type { AskedWork } from './asked-work.ts'
import type { LateWork } from './outcome.ts'
import type { RecordedLevel, RecordedWork } from './recorded.ts'

/** The work that a version asked for in a replay, and the Model whose calendars it counts in. */
export interface ReplayedWork {
  readonly work: readonly AskedWork[]
  readonly model: Pick<Model, 'calendars'>
}

/**
 * The work that is late by the due times of the draft and was not by those of the version that ran. Both have gone the
 * recorded way. Work that only the draft asks for, and work to which somebody gave another due time by hand, are left
 * out. Pure.
 * @param ran undefined where it is not known by when it asked for work: all that is late in the draft is given then
 * @param recorded the work as it went, in the order in which it was asked for
 * @param until to when work counts that is still open, in milliseconds
 */
export function lateWork(options: {
  draft: ReplayedWork
  ran: ReplayedWork | undefined
  recorded: readonly RecordedWork[]
  until: number
}): readonly LateWork[] {
  const { draft, ran, recorded, until } = options
  const asked = (ran ?? draft).work
  return asked.flatMap((own) => {
    const drafted = draft.work.find((each) => isSameWork(each, own))
    const course = recordedOf(own, asked, recorded)
    if (drafted === undefined || course === undefined || course.isRescheduled) return []
    const before = ran === undefined ? [] : promisesOf(own, { course, model: ran.model })
    const isLate = (each: Promised) => (each.ended ?? until) > each.due
    return promisesOf(drafted, { course, model: draft.model })
      .filter(isLate)
      .filter((promised) => !before.some((each) => isOf(each, promised) && isLate(each)))
      .map((promised) => describe(drafted, { promised, until }))
  })
}

/** Work that came to its end by the same step, or is open in both. */
function isSameWork(one: AskedWork, other: AskedWork): boolean {
  return one.invocation === other.invocation && one.ended?.number === other.ended?.number
}

function recordedOf(
  own: AskedWork,
  all: readonly AskedWork[],
  recorded: readonly RecordedWork[],
): RecordedWork | undefined {
  const sameName = ({ invocation }: { invocation: string }) => invocation === own.invocation
  return recorded.filter(sameName)[all.filter(sameName).indexOf(own)]
}

/** A time by which work, or one opening of a level, is to be done. Moments in milliseconds. */
interface Promised {
  readonly level: RecordedLevel | undefined
  readonly due: number
  /** Undefined while it is open. */
  readonly ended: number | undefined
}

function promisesOf(
  { due, deadline, levels, opened, ended }: AskedWork,
  { course, model }: { course: RecordedWork; model: ReplayedWork['model'] },
): readonly Promised[] {
  const endOf = (delay: string, from: number) => delayEnd(delay, from, model.calendars)
  const whole = (delay: string | undefined): readonly Promised[] =>
    delay === undefined ? [] : [{ level: undefined, due: endOf(delay, opened.at), ended: ended?.at }]
  const shared = course.levels.filter(({ name, isRescheduled }) => levels.has(name) && !isRescheduled)
  if (course.levels.length === 0 || levels.size === 0) return [...whole(deadline), ...whole(due)]
  const ofLevels = shared.flatMap((level): readonly Promised[] => {
    const from = Date.parse(level.from)
    const own = levels.get(level.name)
    const to = level.to === null ? undefined : Date.parse(level.to)
    if (own !== undefined) return [{ level, due: endOf(own, from), ended: to }]
    return whole(due).map((promised) => ({ ...promised, level, ended: to }))
  })
  return [...whole(deadline), ...ofLevels]
}

/** Whether two promises are about the same: the same level, or the whole of which it is one. */
function isOf(one: Promised, other: Promised): boolean {
  return one.level === undefined || other.level === undefined || one.level === other.level
}

function describe(
  { invocation, opened, ended }: AskedWork,
  { promised, until }: { promised: Promised; until: number },
): LateWork {
  const { number: step, event } = ended ?? opened
  const { level, due, ended: end } = promised
  const iso = (moment: number) => new Date(moment).toISOString()
  const isLeft = ended?.isDone === false && end === ended.at
  return {
    step,
    event,
    work: invocation,
    ...(level === undefined ? {} : { level: level.name }),
    due: iso(due),
    state: end === undefined ? 'open' : isLeft ? 'left' : 'done',
    endedAt: end === undefined ? null : iso(end),
    lateBy: formatDuration({ months: 0, milliseconds: (end ?? until) - due }),
  }
}
