import type { Model } from '../model/model.ts'
import { expressionUses } from './expression-uses.ts'
import type { Use } from './use.ts'

/** Keys, indexes, validations, search, the name field and the parent. */
export function* usesInObjects(model: Model): Generator<Use> {
  for (const {
    name,
    nameField,
    keys,
    indexes,
    validations,
    searchFields,
    parent,
    privacy,
  } of model.objects.values()) {
    const by = `objects/${name}`
    yield { target: `${name}.${nameField}`, by: `${by}/name_field` }
    for (const field of searchFields) yield { target: `${name}.${field.name}`, by: `${by}/search` }
    if (parent !== undefined) yield { target: `${name}.${parent.name}`, by: `${by}/parent` }
    for (const [property, list] of [
      ['keys', keys],
      ['indexes', indexes],
    ] as const)
      for (const key of list)
        for (const field of key.fields)
          yield { target: `${name}.${field}`, by: `${by}/${property}/${key.name}` }
    for (const [place, expression] of [
      ['erasure/keep_when', privacy.keeps?.when],
      ['retention', privacy.retention?.isOver],
      ['consent/email/given_when', privacy.consent?.givenWhen],
    ] as const)
      if (expression !== undefined)
        yield* expressionUses(model, { expression, roots: { record: name }, by: `${by}/${place}` })
    for (const field of Object.keys(privacy.consent?.withdraw ?? {}))
      yield { target: `${name}.${field}`, by: `${by}/consent/email/withdraw` }
    for (const validation of validations) {
      const place = `${by}/validations/${validation.name}`
      if (validation.at !== undefined) yield { target: `${name}.${validation.at}`, by: `${place}/at` }
      const roots = { record: name, before: name, user: 'user' }
      yield* expressionUses(model, { expression: validation.invalidWhen, roots, by: `${place}/invalid_when` })
    }
  }
}
