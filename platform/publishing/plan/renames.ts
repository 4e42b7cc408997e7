import type { ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import type { Facts } from './facts.ts'
import { named, pairFields, pairObjects } from './pairing.ts'
import type { Rename } from './renaming.ts'

/** What a publish calls by another name. */
export interface Renames {
  readonly objects: readonly Rename[]
  /** By the name that the object had before. */
  readonly fields: Readonly<Record<string, readonly Rename[]>>
}

/** The objects and fields that live on under another name. */
export function renamesOf(current: SchemaSpec, desired: SchemaSpec, facts: Facts): Renames {
  const objects: Rename[] = []
  const fields: Record<string, readonly Rename[]> = {}
  for (const { before, after, restored } of pairObjects(current, desired, facts)) {
    if (before === undefined || after === undefined || restored !== undefined) continue
    if (before.name !== after.name) objects.push({ from: before.name, to: after.name })
    const pairs = [...pairFields(before, after, facts), ...pairUnkept(before, after)]
    const renamed = pairs.flatMap((pair) =>
      pair.before === undefined || pair.after === undefined || pair.before.name === pair.after.name
        ? []
        : [{ from: pair.before.name, to: pair.after.name }],
    )
    if (renamed.length > 0) fields[before.name] = renamed
  }
  return { objects, fields }
}

function pairUnkept({ unkept: entries = {} }: ObjectSpec, { unkept: wanted = {} }: ObjectSpec) {
  return Object.values(wanted).map((entry) => ({ before: named({ entries, wanted, entry }), after: entry }))
}

export function hasRenames({ objects, fields }: Renames): boolean {
  return objects.length > 0 || Object.keys(fields).length > 0
}
