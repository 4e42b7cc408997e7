import type { ExprType, ObjectShape, Scope } from '../language/types.ts'
import type { Model } from '../definitions/model/model.ts'
import type { EffectiveRights } from './rights.ts'

/**
 * What the expressions of a person (filters, sorts) may name: fields that the rights hide, and references to objects
 * that may not be read at all, are simply not there, so that nothing can be guessed by asking.
 */
export function visibleScope(options: { model: Model; rights: EffectiveRights; object: string }): Scope {
  const { model, rights, object } = options
  const userType: ExprType = {
    kind: 'struct',
    fields: {
      id: { kind: 'record', object: 'user' },
      name: { kind: 'string' },
      email: { kind: 'string' },
      roles: { kind: 'list', of: { kind: 'string' } },
      team: { kind: 'record', object: 'team' },
      manager: { kind: 'record', object: 'user' },
      locale: { kind: 'string' },
      time_zone: { kind: 'string' },
    },
  }
  return {
    variables: { record: { kind: 'record', object }, user: userType },
    object: (name) => visibleShape({ model, rights, object: name }),
  }
}

function visibleShape(options: {
  model: Model
  rights: EffectiveRights
  object: string
}): ObjectShape | undefined {
  const { model, rights, object } = options
  const declared = model.objects.get(object)
  const granted = rights.object(object)
  if (declared === undefined || granted.read.length === 0) return undefined
  const isVisible = (name: string) => granted.field(name) !== 'hidden'
  return {
    name: object,
    field: (name) => (isVisible(name) ? declared.fields.get(name)?.expressionType : undefined),
    fieldNames: () => [...declared.fields.keys()].filter(isVisible),
  }
}
