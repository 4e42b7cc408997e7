import { identifier } from '../../database/identifier.ts'
import type { Model } from '../../definitions/model/model.ts'
import { qualified } from '../plan/statements.ts'
import { literal } from '../spec/literal.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { Comparison } from './comparison.ts'

/** Records against the processes that govern them: each has an instance, and shows the state that it is in. */
export function lifecycleComparisons(model: Model, { schema }: SchemaSpec): Comparison[] {
  return [...model.objects.values()].flatMap((object): Comparison[] => {
    if (object.lifecycle === undefined) return []
    const { process, stateField } = object.lifecycle
    const subject = `${object.name}.${stateField}`
    const table = qualified(schema, object.name)
    const state = `each.${identifier(stateField)}`
    const instance =
      `select 1 from ${qualified(schema, '_instance')} as instance where instance.record = each.id ` +
      `and instance.object = ${literal(object.name, 'text')} and instance.process = ${literal(process, 'text')}`
    return [
      {
        kind: 'process',
        subject,
        message: `The record has no instance of the process ${process}.`,
        query: `select each.id from ${table} as each where each.deleted_at is null and not exists (${instance})`,
      },
      {
        kind: 'process',
        subject,
        message: `The record shows another state than its instance of ${process} is in.`,
        query:
          `select each.id from ${table} as each where each.deleted_at is null and exists (${instance}) ` +
          `and not exists (${instance} and ${state} = any (instance.states))`,
      },
      {
        kind: 'process',
        subject,
        message: `The instance of ${process} belongs to no ${object.name}.`,
        query:
          `select instance.id from ${qualified(schema, '_instance')} as instance ` +
          `where instance.object = ${literal(object.name, 'text')} and instance.process = ${literal(process, 'text')} ` +
          `and not exists (select 1 from ${table} as each where each.id = instance.record)`,
      },
    ]
  })
}
