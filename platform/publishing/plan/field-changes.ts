import { identifier } from '../../database/identifier.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import { convert, type Conversion } from './conversions.ts'
import type { RetiredField } from './facts.ts'
import type { FieldPair } from './pairing.ts'

/** What happens to one field of a table that exists. */
export type FieldChange =
  | { readonly kind: 'keep'; readonly before: FieldSpec; readonly after: FieldSpec }
  | {
      readonly kind: 'convert'
      readonly before: FieldSpec
      readonly after: FieldSpec
      readonly conversion: Lossless
    }
  | { readonly kind: 'add'; readonly after: FieldSpec; readonly keptAside?: RetiredField }
  | {
      readonly kind: 'restore'
      readonly entry: RetiredField
      readonly after: FieldSpec
      readonly conversion: Usable
    }
  | { readonly kind: 'retire'; readonly before: FieldSpec }
  /** A computed field goes: nothing that anyone wrote is lost. */
  | { readonly kind: 'drop'; readonly before: FieldSpec }
  /** A computed field is computed in another way. */
  | { readonly kind: 'recompute'; readonly before: FieldSpec; readonly after: FieldSpec }
  | {
      readonly kind: 'refuse'
      readonly before: FieldSpec
      readonly after: FieldSpec
      readonly reason: string
    }

type Usable = Exclude<Conversion, { kind: 'refused' }>
type Lossless = Extract<Conversion, { kind: 'lossless' }>

export interface Naming {
  readonly timeZone: string
  /** Earlier names of objects -> names now. */
  readonly objects: ReadonlyMap<string, string>
}

/** Decides what happens to the fields of one table. Pure. */
export function classifyFields(pairs: readonly FieldPair[], naming: Naming): FieldChange[] {
  const renamed = columnRenames(pairs)
  const changes = pairs.flatMap((pair) => classify(pair, { ...naming, renamed }))
  return recomputeDependants(changes)
}

/** Column names before -> after, of fields that stay. */
function columnRenames(pairs: readonly FieldPair[]): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>()
  for (const { before, after } of pairs)
    for (const column of before?.columns ?? []) {
      const next = after?.columns.find(({ suffix }) => suffix === column.suffix)
      if (next !== undefined && next.name !== column.name) renamed.set(column.name, next.name)
    }
  return renamed
}

interface Context extends Naming {
  readonly renamed: ReadonlyMap<string, string>
}

function classify({ before, after, retired }: FieldPair, context: Context): FieldChange[] {
  if (after === undefined) return before === undefined ? [] : [takeAway(before)].filter(isChange)
  if (before === undefined) return [bringBack(retired, after, context)]
  if (isComputed(before) && isComputed(after))
    return [{ kind: isSameComputation(before, after, context) ? 'keep' : 'recompute', before, after }]
  const staysInPlace =
    before.keeping !== 'relation' && (after.keeping === 'stored' || after.keeping === 'platform')
  if (staysInPlace) return [change(before, after, context)]
  const isSameRelation =
    before.keeping === 'relation' && after.keeping === 'relation' && isSameTarget(before, after, context)
  if (isSameRelation) return [{ kind: 'keep', before, after }]
  return [takeAway(before), { kind: 'add' as const, after }].filter(isChange)
}

function change(before: FieldSpec, after: FieldSpec, context: Context): FieldChange {
  if (!isSameTarget(before, after, context))
    return {
      kind: 'refuse',
      before,
      after,
      reason: `its values are ids of ${before.target ?? 'something else'}`,
    }
  const conversion = convert(before, after, context.timeZone)
  if (conversion.kind === 'refused') return { kind: 'refuse', before, after, reason: conversion.reason }
  const isMaterialised = isComputed(before)
  if (conversion.kind === 'same' && !isMaterialised) return { kind: 'keep', before, after }
  const lossless: Lossless =
    conversion.kind === 'lossless' ? conversion : { kind: 'lossless', using: new Map(), isRewrite: false }
  return { kind: 'convert', before, after, conversion: lossless }
}

/**
 * Takes out of retirement what fits best: values of the same storage before those that need a conversion, later
 * ones before earlier ones. Values of another kind stay there, and the new field begins without values.
 */
function bringBack(retired: readonly RetiredField[], after: FieldSpec, context: Context): FieldChange {
  const usable = retired.flatMap((entry) => {
    const conversion = usableConversion(entry.spec, after, context)
    return conversion === undefined ? [] : [{ entry, conversion }]
  })
  const best = usable.find(({ conversion }) => conversion.kind === 'same') ?? usable[0]
  if (best !== undefined) return { kind: 'restore', after, ...best }
  return { kind: 'add', after, ...(retired[0] === undefined ? {} : { keptAside: retired[0] }) }
}

function usableConversion(before: FieldSpec, after: FieldSpec, context: Context): Usable | undefined {
  const isSameKind = (before.keeping === 'relation') === (after.keeping === 'relation')
  if (isComputed(after) || !isSameKind || !isSameTarget(before, after, context)) return undefined
  if (after.keeping === 'relation') return { kind: 'same' }
  const conversion = convert(before, after, context.timeZone)
  return conversion.kind === 'refused' ? undefined : conversion
}

function takeAway(before: FieldSpec): FieldChange | undefined {
  // A column that an earlier version of the platform kept for itself does no harm.
  if (before.keeping === 'platform') return undefined
  return { kind: isComputed(before) ? 'drop' : 'retire', before }
}

/** A generated column must go before a column that it reads is changed or replaced, and comes back after it. */
function recomputeDependants(changes: readonly FieldChange[]): FieldChange[] {
  const touched = changes.flatMap((change) => {
    if (change.kind === 'convert' && change.conversion.using.size > 0) return change.before.columns
    if (change.kind === 'recompute' || change.kind === 'drop') return change.before.columns
    return []
  })
  return changes.map((change) => {
    if (change.kind !== 'keep' || change.before.keeping !== 'generated') return change
    const text = change.before.columns.map(({ expression }) => expression).join(' ')
    const isTouched = touched.some(({ name }) => text.includes(identifier(name)))
    return isTouched ? { ...change, kind: 'recompute' as const } : change
  })
}

function isComputed({ keeping }: FieldSpec): boolean {
  return keeping === 'generated' || keeping === 'rollup'
}

function isSameComputation(before: FieldSpec, after: FieldSpec, { renamed }: Context): boolean {
  const shape = (field: FieldSpec, names: ReadonlyMap<string, string>) => [
    field.keeping,
    field.columns.map(({ suffix, type, collate, expression }) => [
      suffix,
      type,
      collate,
      expression === undefined ? undefined : withNames(expression, names),
    ]),
    // Names of the roll-up's own columns follow the field; everything else must be the same.
    field.computation && {
      ...field.computation,
      columns: field.computation.columns.map(({ aggregate }) => aggregate),
    },
  ]
  return JSON.stringify(shape(before, renamed)) === JSON.stringify(shape(after, new Map()))
}

/** A name inside a text literal may be taken for a column: then a column is computed anew without need, no more. */
function withNames(sql: string, names: ReadonlyMap<string, string>): string {
  let text = sql
  for (const [from, to] of names) text = text.replaceAll(identifier(from), identifier(to))
  return text
}

function isSameTarget(before: FieldSpec, after: FieldSpec, { objects }: Naming): boolean {
  const target = before.target === undefined ? undefined : (objects.get(before.target) ?? before.target)
  return target === after.target
}

function isChange(change: FieldChange | undefined): change is FieldChange {
  return change !== undefined
}
