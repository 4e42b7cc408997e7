import type { Expression } from '../../language/types.ts'
import type { Model } from '../model/model.ts'
import { expressionUses } from './expression-uses.ts'
import type { Use } from './use.ts'
import { usesInActions } from './uses-in-processes.ts'

/** The object of each service level, its conditions, and what its actions read and write. */
export function* usesInServiceLevels(model: Model): Generator<Use> {
  for (const { name, object, appliesWhen, promises, actor } of [...model.serviceLevels.values()].flat()) {
    const by = `service_levels/${name}`
    const uses = (expression: Expression | undefined, place: string) =>
      expressionUses(model, { expression, roots: { record: object }, by: `${by}/${place}` })
    yield { target: object, by }
    yield* uses(appliesWhen, 'applies_when')
    for (const promise of promises.values()) {
      const place = `promises/${promise.name}`
      yield* uses(promise.startsWhen, `${place}/starts_when`)
      yield* uses(promise.startsAt, `${place}/starts_at`)
      yield* uses(promise.pausesWhen, `${place}/pauses_when`)
      yield* uses(promise.stopsWhen, `${place}/stops_when`)
      yield* uses(promise.resetsWhen, `${place}/resets_when`)
      for (const target of promise.targets) yield* uses(target.when, `${place}/targets/${target.name}/when`)
      for (const alert of promise.alerts.values())
        yield* usesInActions(model, {
          process: actor,
          actions: alert.actions,
          by: `${by}/${place}/${alert.name}`,
        })
    }
    for (const expression of actor.expressions) yield* uses(expression, 'promises')
  }
}
