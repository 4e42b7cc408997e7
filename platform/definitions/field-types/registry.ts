import { boolean } from './boolean.ts'
import { choice, choices, state } from './choice.ts'
import { formula, rollup } from './computed.ts'
import { email, phone, url } from './contact-text.ts'
import type { FieldType } from './field-type.ts'
import { money } from './money.ts'
import { decimal, integer, percent, rating } from './numbers.ts'
import { lines, reference, references, user } from './relations.ts'
import { sequence } from './sequence.ts'
import { address, json } from './structured.ts'
import { longText, text } from './text.ts'
import { date, datetime } from './time.ts'

/** Field types by name. A plugin adds its own; a name is never replaced. */
export type FieldTypeRegistry = ReadonlyMap<string, FieldType>

const shipped = [
  text,
  longText,
  email,
  phone,
  url,
  integer,
  decimal,
  percent,
  money,
  rating,
  boolean,
  date,
  datetime,
  choice,
  choices,
  state,
  reference,
  references,
  lines,
  user,
  sequence,
  formula,
  rollup,
  address,
  json,
]

/** The shipped field types with those that plugins add; without any, always the same map. */
export function fieldTypeRegistry(added: readonly FieldType[] = []): FieldTypeRegistry {
  if (added.length === 0) return (shippedRegistry ??= registryOf(shipped))
  return registryOf([...shipped, ...added])
}

let shippedRegistry: FieldTypeRegistry | undefined

function registryOf(types: readonly FieldType[]): FieldTypeRegistry {
  const registry = new Map<string, FieldType>()
  for (const type of types) {
    if (registry.has(type.name))
      throw new Error(`Field type "${type.name}" is registered twice; give the second one another name.`)
    registry.set(type.name, type)
  }
  return registry
}
