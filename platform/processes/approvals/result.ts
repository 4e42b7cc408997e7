import type { FieldModel } from '../../definitions/model/model.ts'
import { levelOutcome, type CastVote, type Course } from './course.ts'
import type { ApprovalStatus } from './row.ts'

export type Ending = Exclude<ApprovalStatus, 'running' | 'closed'>

/**
 * What the process hears of an approval, as `event.output`: the fields of the form as those who approved filled them in,
 * the later over the earlier; the outcome; the last word and by whom; the level where it ended; all levels with their votes.
 */
export function resultOf(
  course: Course,
  ended: {
    outcome: Ending
    level: string | null
    by: string | null
    comment: string | null
    form: ReadonlyMap<string, FieldModel>
  },
): Readonly<Record<string, unknown>> {
  const { form, ...rest } = ended
  const votes = course.levels.flatMap(({ seats }) => seats.flatMap(({ vote }) => vote ?? []))
  return {
    ...Object.fromEntries([...form.keys()].map((name) => [name, null])),
    ...filledIn(votes),
    ...rest,
    levels: course.levels.map(({ name, seats }, at) => ({
      name,
      outcome: levelOutcome(course, at) ?? null,
      votes: seats.flatMap(({ vote }) => (vote === null ? [] : [shown(vote)])),
    })),
  }
}

function filledIn(votes: readonly CastVote[]): Readonly<Record<string, unknown>> {
  const approving = votes.filter(({ outcome }) => outcome === 'approved')
  const inOrder = approving.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const filled = inOrder.flatMap(({ values }) => Object.entries(values))
  return Object.fromEntries(filled.filter(([, value]) => value !== null))
}

function shown({ by, on_behalf_of, outcome, comment, at }: CastVote) {
  return { by, on_behalf_of, outcome, comment, at }
}
