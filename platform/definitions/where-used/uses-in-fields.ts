import type { FieldModel, Model } from '../model/model.ts'
import { expressionUses } from './expression-uses.ts'
import type { Use } from './use.ts'

/** References, lines, roll-ups and the expressions of fields. */
export function* usesInFields(model: Model): Generator<Use> {
  for (const object of model.objects.values())
    for (const field of object.fields.values())
      if (!field.isSystem)
        yield* usesInField(model, {
          field,
          object: object.name,
          by: `objects/${object.name}/fields/${field.name}`,
        })
}

/** What one field refers to. @param object the object behind `record` */
export function* usesInField(
  model: Model,
  { field, object, by }: { field: FieldModel; object: string; by: string },
): Generator<Use> {
  const own = { record: object, before: object, user: 'user' }
  yield* expressionUses(model, { expression: field.requiredWhen, roots: own, by: `${by}/required_when` })
  yield* expressionUses(model, { expression: field.visibleWhen, roots: own, by: `${by}/visible_when` })
  yield* expressionUses(model, {
    expression: field.defaultExpression,
    roots: own,
    by: `${by}/default_expression`,
  })
  yield* expressionUses(model, { expression: field.formula?.expression, roots: own, by: `${by}/expression` })
  if (field.reference !== undefined) {
    const { to, where, referring } = field.reference
    yield { target: to, by: `${by}/to` }
    yield* expressionUses(model, {
      expression: where,
      roots: {
        record: to,
        user: 'user',
        ...(referring === undefined ? {} : { referring: referring.object }),
      },
      by: `${by}/where`,
    })
  }
  if (field.lines !== undefined)
    yield { target: `${field.lines.object}.${field.lines.through}`, by: `${by}/of` }
  if (field.rollup !== undefined) {
    const { of, through, field: added, where } = field.rollup
    yield { target: `${of}.${through}`, by: `${by}/of` }
    if (added !== undefined) yield { target: `${of}.${added}`, by: `${by}/field` }
    yield* expressionUses(model, { expression: where, roots: { record: of }, by: `${by}/where` })
  }
}
