import { commonType, expressionTypes as t } from '../expression-types.ts'
import type { ExprType } from '../types.ts'
import type { Box } from '../values/dynamic.ts'
import { countCodePoints } from '../values/text.ts'
import { type Overload, overload } from './define.ts'

/** The size of a text, list or map; 0 for a blank. Undefined for other types. */
export function sizeOf(type: ExprType): Overload | undefined {
  switch (type.kind) {
    case 'string':
      return overload([[type], t.int], sizeOfValue, ([value]) => size(`char_length(${value!.sql})`), {
        blank: 'own',
      })
    case 'list':
      return overload([[type], t.int], sizeOfValue, ([value]) => size(`cardinality(${value!.sql})`), {
        blank: 'own',
      })
    case 'map':
      return overload([[type], t.int], sizeOfValue, 'maps have no counterpart in SQL', { blank: 'own' })
    case 'dyn':
      return overload(
        [[type], t.int],
        (value: Box | null) => sizeOfValue(value?.value ?? null),
        'the type of the value is known only when it runs',
        { blank: 'own' },
      )
    default:
      return undefined
  }
}

/** One list after the other; undefined where their elements have no common type. */
export function listJoin(a: ExprType, b: ExprType): Overload | undefined {
  const type = commonType(a, b)
  if (!type) return undefined
  return overload(
    [[type, type], type],
    (left: unknown[] | null, right: unknown[] | null) => [...(left ?? []), ...(right ?? [])],
    ([left, right]) => ({ sql: `(${left!.sql} || ${right!.sql})` }),
    { blank: 'own' },
  )
}

/** The keys of a map. */
export function keysOf(type: ExprType): Overload {
  return overload(
    [[type], t.list(t.string)],
    (value: object) => Object.keys(value).map((key) => (key === '' ? null : key)),
    'maps have no counterpart in SQL',
  )
}

function size(sql: string): { sql: string; isInteger: boolean } {
  return { sql: `coalesce(${sql}, 0)`, isInteger: true }
}

function sizeOfValue(value: unknown): number | null {
  if (value === null) return 0
  if (typeof value === 'string') return countCodePoints(value)
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' ? Object.keys(value).length : null
}
