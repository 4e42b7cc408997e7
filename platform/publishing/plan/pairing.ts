import type { FieldSpec, NamedSpec, ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import type { Facts, RetiredField, RetiredObject } from './facts.ts'

/** What stands now and what is wanted, brought together: by name, by declared earlier name, or out of retirement. */
export interface ObjectPair {
  readonly before: ObjectSpec | undefined
  readonly after: ObjectSpec | undefined
  readonly restored?: RetiredObject
}

export function pairObjects(current: SchemaSpec, desired: SchemaSpec, facts: Facts): ObjectPair[] {
  const taken = new Set<string>()
  const pairs: ObjectPair[] = Object.values(desired.objects).map((after) => {
    const before = named({ entries: current.objects, wanted: desired.objects, entry: after })
    if (before !== undefined) {
      taken.add(before.name)
      return { before, after }
    }
    const restored = facts.retired.find(
      (entry): entry is RetiredObject => entry.kind === 'object' && entry.object === after.name,
    )
    return { before: restored?.spec, after, ...(restored === undefined ? {} : { restored }) }
  })
  const gone = Object.values(current.objects).filter(({ name }) => !taken.has(name))
  return [...pairs, ...gone.map((before) => ({ before, after: undefined }))]
}

export interface FieldPair {
  readonly before: FieldSpec | undefined
  readonly after: FieldSpec | undefined
  /** What was retired under this name, the latest first. */
  readonly retired: readonly RetiredField[]
}

/** @param object the name of the object now, under which its retired fields are found */
export function pairFields(before: ObjectSpec, after: ObjectSpec, facts: Facts): FieldPair[] {
  const taken = new Set<string>()
  const pairs: FieldPair[] = Object.values(after.fields).map((field) => {
    const present = named({ entries: before.fields, wanted: after.fields, entry: field })
    if (present !== undefined) {
      taken.add(present.name)
      return { before: present, after: field, retired: [] }
    }
    const retired = facts.retired.filter(
      (entry): entry is RetiredField =>
        entry.kind === 'field' && entry.object === before.name && entry.field === field.name,
    )
    return { before: undefined, after: field, retired }
  })
  const gone = Object.values(before.fields).filter(({ name }) => !taken.has(name))
  return [...pairs, ...gone.map((field) => ({ before: field, after: undefined, retired: [] }))]
}

/** By what it is said to have come from; by name; by the earlier name, as long as nothing else bears that one now. */
export function named<T extends NamedSpec>({
  entries,
  wanted,
  entry,
}: {
  entries: Readonly<Record<string, T>>
  wanted: Readonly<Record<string, T>>
  entry: T
}): T | undefined {
  const { name, formerly, cameFrom } = entry
  if (cameFrom !== undefined) return cameFrom === null ? undefined : own(entries, cameFrom)
  const same = own(entries, name)
  if (same !== undefined) return isClaimed(wanted, name) ? undefined : same
  return formerly === undefined || own(wanted, formerly) !== undefined ? undefined : own(entries, formerly)
}

type Wanted = Readonly<Record<string, NamedSpec>>

const claims = new WeakMap<Wanted, ReadonlySet<string | null | undefined>>()

/** Whether something else is said to have come from what bears this name. */
function isClaimed(wanted: Wanted, name: string): boolean {
  let claimed = claims.get(wanted)
  if (claimed === undefined) {
    const others = Object.values(wanted).filter((entry) => entry.cameFrom !== entry.name)
    claims.set(wanted, (claimed = new Set(others.map(({ cameFrom }) => cameFrom))))
  }
  return claimed.has(name)
}

function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined
}
