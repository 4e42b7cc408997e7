import type { ObjectModel } from '../../definitions/model/model.ts'
import type { Position } from './past-values.ts'
import type { RecordedCase, RecordedChange, RecordedStep, RecordHistory } from './recorded.ts'

/** Where a step stands in the history of its record. */
export interface StepPlace {
  /** When it was decided. */
  readonly before: Position
  /** When all that it did was done. */
  readonly after: Position
  /** What the step itself changed of its record. */
  readonly own: readonly RecordedChange[]
}

/**
 * The place of every step. A step that changed its record is found by the changes that name it as their cause, which
 * are numbered; the moment of another one is what its clock said, between the steps around it.
 */
export function placesOf(
  recorded: RecordedCase,
  history: Pick<RecordHistory, 'object' | 'changes'>,
): readonly StepPlace[] {
  const { changes } = history
  const groups = ownChanges(recorded, history)
  const created = changes.find(({ action }) => action === 'create')?.id ?? 0
  return recorded.steps.map(({ at }, index) => {
    const own = groups[index] ?? []
    const [first, last] = [own[0]?.id, own.at(-1)?.id]
    const floor = Math.max(created, ...groups.slice(0, index).flatMap((group) => group.map(({ id }) => id)))
    const ceiling = Math.min(...groups.slice(index + 1).flatMap((group) => group.map(({ id }) => id)))
    const moment = Date.parse(at)
    // The process begins in the transaction that creates the record: nothing comes between.
    const begun =
      index === 0
        ? {
            floor: created,
            ceiling: Math.min(...changes.filter(({ id }) => id > created).map(({ id }) => id)),
          }
        : undefined
    const place = first === undefined ? { floor, ceiling } : { floor: first - 1, ceiling: first }
    return {
      before: { at: moment, ...(begun ?? place), isBeginning: index === 0 },
      after: {
        at: moment,
        ...(last === undefined ? (begun ?? { floor, ceiling }) : { floor: last, ceiling: last + 1 }),
      },
      own,
    }
  })
}

function ownChanges(
  { instance, steps }: RecordedCase,
  { object, changes }: Pick<RecordHistory, 'object' | 'changes'>,
): readonly (readonly RecordedChange[])[] {
  const own = changes.filter((change) => change.cause?.instance === instance && !isOfRows(object, change))
  let next = 0
  return steps.map((step) => {
    const group: RecordedChange[] = []
    for (; next < own.length && belongs(own[next] as RecordedChange, step, group); next++)
      group.push(own[next] as RecordedChange)
    return group
  })
}

/** The record's own row is written once in a step, so a second write of it is of the next step of the same name. */
function belongs(change: RecordedChange, step: RecordedStep, group: readonly RecordedChange[]): boolean {
  if (change.cause?.event !== step.event || Date.parse(change.at) !== Date.parse(step.at)) return false
  return change.action === 'note' || !group.some(({ action }) => action === change.action)
}

/** A row of lines that a step wrote by itself is told in the history of its record, beside what the step wrote there. */
function isOfRows(object: ObjectModel, { changes }: RecordedChange): boolean {
  const names = Object.keys(changes)
  return names.length > 0 && names.every((name) => object.fields.get(name)?.lines !== undefined)
}
