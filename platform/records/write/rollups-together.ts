import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'
import type { RollupGathering, UnitOfWork } from '../unit-of-work.ts'
import { recompute } from './rollups.ts'

/** Roll-ups that wait to be computed: of which records, grouped by what one statement computes. */
class GatheredRollups implements RollupGathering {
  readonly #groups = new Map<string, { holder: ObjectModel; fields: Set<FieldModel>; ids: Set<string> }>()

  add(
    key: string,
    group: { holder: ObjectModel; fields: readonly FieldModel[]; ids: Iterable<string> },
  ): void {
    const known = this.#groups.get(key) ?? { holder: group.holder, fields: new Set(), ids: new Set() }
    for (const field of group.fields) known.fields.add(field)
    for (const id of group.ids) known.ids.add(id)
    this.#groups.set(key, known)
  }

  async compute(unit: UnitOfWork): Promise<void> {
    for (const [, { holder, fields, ids }] of [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1)))
      await recompute(unit, { holder, fields: [...fields], ids: [...ids] })
  }
}

/**
 * Many writes to records of one object, after which the roll-ups that they feed are computed once, in the same
 * transaction: a thousand rows of one account do not add up the account a thousand times. Where a rule of the
 * declarations reads one of these roll-ups, each write brings them up to date as ever: the rule must see it.
 */
export async function rollupsTogether<T>(
  unit: UnitOfWork,
  object: ObjectModel,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  if (isReadByRule(unit.model, object)) return work(unit)
  const gatheredRollups = new GatheredRollups()
  const result = await work({ ...unit, gatheredRollups })
  await gatheredRollups.compute(unit)
  return result
}

const answers = new WeakMap<ObjectModel, boolean>()

/** By name alone, so that a rule about another field of the same name counts as well: too careful is only slow. */
function isReadByRule(model: Model, object: ObjectModel): boolean {
  let answer = answers.get(object)
  if (answer === undefined) {
    const names = namesFedBy(model, object)
    answer = rulesOf(model).some((rule) => reads(rule, names))
    answers.set(object, answer)
  }
  return answer
}

/** The roll-ups that an object feeds, and the formulas and roll-ups that are computed from them in turn. */
function namesFedBy(model: Model, object: ObjectModel): ReadonlySet<string> {
  const names = new Set(object.feeds.map((feed) => feed.field))
  const fields = [...model.objects.values()].flatMap((each) => [...each.fields.values()])
  for (let size = -1; size !== names.size;) {
    size = names.size
    for (const { name, formula, rollup } of fields) {
      const isOver = rollup?.field !== undefined && names.has(rollup.field)
      if (isOver || reads(formula?.expression, names) || reads(rollup?.where, names)) names.add(name)
    }
  }
  return names
}

function rulesOf(model: Model): (Expression | undefined)[] {
  const objects = [...model.objects.values()]
  return [
    ...objects.flatMap(({ fields }) =>
      [...fields.values()].flatMap((field) => [
        field.requiredWhen,
        field.visibleWhen,
        field.defaultExpression,
        field.reference?.where,
      ]),
    ),
    ...objects.flatMap(({ validations }) => validations.map(({ invalidWhen }) => invalidWhen)),
    ...[...model.roles.values()].flatMap(({ objects: rights }) =>
      [...rights.values()].flatMap((right) => [right.read.where, right.update.where, right.delete.where]),
    ),
    ...[...model.processes.values()].flatMap(({ expressions }) => expressions),
  ]
}

function reads(expression: Expression | undefined, names: ReadonlySet<string>): boolean {
  return expression?.paths.some((path) => path.slice(1).some((name) => names.has(name))) === true
}
