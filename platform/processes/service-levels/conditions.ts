import type { ObjectModel } from '../../definitions/model/model.ts'
import type { PromiseModel, ServiceLevelModel, TargetModel } from '../../definitions/model/service-level.ts'
import type { Expression } from '../../language/types.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, type RecordValues } from '../../records/values.ts'
import { recordPaths } from '../../records/write/evaluation.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import type { Held } from './clock-row.ts'

/** What is promised on a record as it is now. */
export interface Seen {
  readonly level: ServiceLevelModel
  readonly promises: readonly SeenPromise[]
}

export interface SeenPromise {
  readonly promise: PromiseModel
  readonly held: Held
  /** Since when the time of a clock that starts now counts. */
  readonly startsAt: number
  readonly target: TargetModel
}

/** Looks at the conditions of service levels: the first that applies to the record, if one does, and what holds. */
export async function seeConditions(
  unit: UnitOfWork,
  {
    object,
    levels,
    values,
  }: { object: ObjectModel; levels: readonly ServiceLevelModel[]; values: RecordValues },
): Promise<Seen | undefined> {
  const opened = new OpenedRecords(unit)
  const record = opened.record(object, values, pathsOf(levels))
  const valueOf = (expression: Expression) => expression.evaluate({ record }, unit.moment)
  const holds = (expression: Expression | undefined) =>
    expression !== undefined && valueOf(expression) === true
  return opened.evaluate(() => {
    const level = levels.find(({ appliesWhen }) => appliesWhen === undefined || holds(appliesWhen))
    if (level === undefined) return undefined
    return { level, promises: [...level.promises.values()].map(seePromise) }
  })

  function seePromise(promise: PromiseModel): SeenPromise {
    const { startsWhen, startsAt, pausesWhen, stopsWhen, resetsWhen, targets } = promise
    const since = startsAt === undefined ? null : valueOf(startsAt)
    return {
      promise,
      held: {
        starts: holds(startsWhen),
        pauses: holds(pausesWhen),
        stops: holds(stopsWhen),
        resets: holds(resetsWhen),
      },
      startsAt: isBlank(since) ? unit.moment.now.getTime() : Date.parse(String(since)),
      // The last target has no condition.
      target: targets.find(({ when }) => when === undefined || holds(when)) as TargetModel,
    }
  }
}

const paths = new WeakMap<readonly ServiceLevelModel[], ReturnType<typeof recordPaths>>()

/** Through which references and lines the conditions go. */
function pathsOf(levels: readonly ServiceLevelModel[]): ReturnType<typeof recordPaths> {
  let found = paths.get(levels)
  if (found === undefined) {
    const conditions = levels.flatMap(({ appliesWhen, promises }) => [
      appliesWhen,
      ...[...promises.values()].flatMap(
        ({ startsWhen, startsAt, pausesWhen, stopsWhen, resetsWhen, targets }) => [
          ...[startsWhen, startsAt, pausesWhen, stopsWhen, resetsWhen],
          ...targets.map(({ when }) => when),
        ],
      ),
    ])
    found = recordPaths(conditions.filter((condition) => condition !== undefined))
    paths.set(levels, found)
  }
  return found
}
