import type { Model } from '../model/model.ts'
import type { Expression } from '../../language/types.ts'
import { expressionUses } from './expression-uses.ts'
import type { Use } from './use.ts'

/** The object of each queue, and what its expressions read. */
export function* usesInQueues(model: Model): Generator<Use> {
  for (const { name, object, priority, weight, stickyBy, rules } of model.queues.values()) {
    const by = `queues/${name}`
    const uses = (expression: Expression | undefined, place: string) =>
      expressionUses(model, { expression, roots: { record: object }, by: `${by}/${place}` })
    yield { target: object, by }
    yield* uses(priority, 'priority')
    yield* uses(weight, 'weight')
    yield* uses(stickyBy, 'sticky_by')
    for (const rule of rules) yield* uses(rule.when, `rules/${rule.name}/when`)
  }
}
