import type { Model } from '../model/model.ts'
import { expressionUses } from './expression-uses.ts'
import type { Use } from './use.ts'
import { usesInField } from './uses-in-fields.ts'
import { usesInActions } from './uses-in-processes.ts'

/** The object of each trigger, the fields that it listens to, its expressions, and what its actions write. */
export function* usesInTriggers(model: Model): Generator<Use> {
  for (const { name, object, on, actions, actor } of model.triggers.values()) {
    const by = `triggers/${name}`
    yield { target: object, by }
    if (on.type === 'changed')
      for (const field of on.fields ?? [])
        yield { target: `${object}.${field}`, by: `${by}/on/fields/${field}` }
    if (on.type === 'inbound') {
      for (const field of on.form.values())
        yield* usesInField(model, { field, object, by: `${by}/on/fields/${field.name}` })
      for (const field of on.finds?.key.fields ?? [])
        yield { target: `${object}.${field}`, by: `${by}/on/finds/${field}` }
    }
    for (const expression of actor.expressions)
      yield* expressionUses(model, { expression, roots: { record: object, before: object }, by })
    yield* usesInActions(model, { process: actor, actions, by: `${by}/actions` })
  }
}
