import { identifier } from '../../database/identifier.ts'
import { qualified } from '../plan/statements.ts'
import { rollupResults } from '../spec/fill-rollup.ts'
import type { FieldSpec, SchemaSpec } from '../spec/schema-spec.ts'
import type { Comparison } from './comparison.ts'

/** Every roll-up and every generated column against what it computes to now. */
export function computedComparisons({ schema, objects }: SchemaSpec): Comparison[] {
  return Object.values(objects).flatMap(({ name, fields }) =>
    Object.values(fields).flatMap((field): Comparison[] => {
      if (field.keeping === 'rollup') return [rollup(schema, name, field)]
      return field.keeping === 'generated' ? [generated(schema, name, field)] : []
    }),
  )
}

function rollup(schema: string, object: string, field: FieldSpec): Comparison {
  const computation = field.computation!
  const columns = computation.columns.map(({ name }) => identifier(name))
  const results = rollupResults({ schema, table: object, computation })
  return {
    kind: 'rollup',
    subject: `${object}.${field.name}`,
    message: 'The roll-up differs from the records that it adds up.',
    query:
      `select each.id from ${qualified(schema, object)} as each join (${results}) as result on result.id = each.id ` +
      `where (${columns.map((column) => `each.${column}`).join(', ')}) is distinct from ` +
      `(${columns.map((column) => `result.${column}`).join(', ')})`,
  }
}

function generated(schema: string, object: string, field: FieldSpec): Comparison {
  const differs = field.columns.map(
    ({ name, expression }) => `${identifier(name)} is distinct from ${expression}`,
  )
  return {
    kind: 'generated',
    subject: `${object}.${field.name}`,
    message: 'The stored result of the formula differs from what it computes to.',
    query: `select id from ${qualified(schema, object)} where ${differs.join(' or ')}`,
  }
}
