import { readFileSync } from 'node:fs'
import {
  compileExpression,
  expressionTypes as t,
  type ExprType,
  type Moment,
} from '../../platform/language/index.ts'

/** A case of the conformance file: what an expression gives, or that it is refused. */
export interface ConformanceCase {
  readonly suite: string
  readonly name: string | null
  readonly expr: string
  readonly container?: string
  readonly typeEnv?: readonly Declaration[]
  readonly bindings?: Readonly<Record<string, { readonly value: WireValue }>>
  readonly value?: WireValue
  readonly type?: string
  readonly error?: string
  readonly evalError?: unknown
  readonly checkOnly?: boolean
}

interface Declaration {
  readonly name: string
  readonly ident?: { readonly type: WireType }
}
type WireType = Readonly<Record<string, unknown>>
type WireValue = Readonly<Record<string, unknown>>

/** How a case came out. In place of an error at run time there is a blank or a refusal. */
export type Outcome = 'value' | 'blank for error' | 'refused' | 'accepted' | 'different'

const protobuf = /TestAllTypes|protobuf|GlobalEnum|NestedEnum|proto[23]?\b/

/** The cases that need no protobuf message, each under a key of its own. */
export function readCases(path: string): ReadonlyMap<string, ConformanceCase> {
  const all = JSON.parse(readFileSync(path, 'utf8')) as ConformanceCase[]
  const cases = new Map<string, ConformanceCase>()
  for (const one of all) {
    const text = [one.expr, one.container, JSON.stringify(one.typeEnv), JSON.stringify(one.bindings)].join(
      ' ',
    )
    if (protobuf.test(text)) continue
    const base = `${one.suite}/${one.name ?? one.expr.trim()}`
    let key = base
    for (let count = 2; cases.has(key); count++) key = `${base} (${count})`
    cases.set(key, one)
  }
  return cases
}

const moment: Moment = { now: new Date('2026-11-22T00:00:00Z'), timeZone: 'UTC' }

/** Runs one case through the language. */
export function outcomeOf(one: ConformanceCase): Outcome {
  const declared = (one.typeEnv ?? []).filter(({ ident }) => ident)
  const scope = {
    variables: Object.fromEntries(declared.map(({ name, ident }) => [name, typeOf(ident!.type)])),
    object: () => undefined,
  }
  const result = compileExpression({ text: one.expr, scope })
  const isRefusal = one.value === undefined && one.error !== undefined
  if ('faults' in result) return isRefusal || one.evalError !== undefined ? 'refused' : 'different'
  if (isRefusal) return 'different'
  if (one.checkOnly || (one.value === undefined && one.evalError === undefined)) return 'accepted'
  const variables = Object.fromEntries(
    Object.entries(one.bindings ?? {}).map(([name, { value }]) => [name, plainValue(value)]),
  )
  const value = result.expression.evaluate(variables, moment)
  if (one.evalError !== undefined) return value === null || value === false ? 'blank for error' : 'different'
  return isSame(value, one.value!, result.expression.type) ? 'value' : 'different'
}

const primitives: Readonly<Record<string, ExprType>> = {
  BOOL: t.bool,
  INT64: t.int,
  UINT64: t.int,
  DOUBLE: t.decimal,
  STRING: t.string,
}

function typeOf(type: WireType): ExprType {
  if (typeof type.primitive === 'string') return primitives[type.primitive] ?? t.dyn
  if ('null' in type) return t.null
  if ('listType' in type) return t.list(typeOf((type.listType as { elemType: WireType }).elemType))
  if ('mapType' in type) return t.map(typeOf((type.mapType as { valueType: WireType }).valueType))
  if (type.wellKnown === 'TIMESTAMP') return t.datetime
  return type.wellKnown === 'DURATION' ? t.duration : t.dyn
}

/** A wire value as a plain value in API form. */
function plainValue(wire: WireValue): unknown {
  const [kind, value] = Object.entries(wire)[0] ?? []
  if (kind === 'listValue') return ((value as { values?: WireValue[] }).values ?? []).map(plainValue)
  if (kind !== 'mapValue') return kind === 'nullValue' ? null : value
  const { entries = [] } = value as { entries?: { key: WireValue; value: WireValue }[] }
  return Object.fromEntries(entries.map((entry) => [String(plainValue(entry.key)), plainValue(entry.value)]))
}

function isSame(actual: unknown, wire: WireValue, type: ExprType): boolean {
  const [kind, expected] = Object.entries(wire)[0] ?? []
  switch (kind) {
    case 'boolValue':
      return actual === expected
    case 'nullValue':
      return actual === null
    case 'int64Value':
    case 'uint64Value':
      return String(actual) === String(expected)
    case 'doubleValue':
      return actual !== null && Number(actual) === Number(expected) && !Object.is(Number(expected), -0)
    case 'stringValue':
      // an empty text is a blank
      return actual === expected || (expected === '' && actual === null)
    case 'listValue': {
      const { values = [] } = expected as { values?: WireValue[] }
      if (!Array.isArray(actual) || actual.length !== values.length) return false
      const of = type.kind === 'list' ? type.of : t.dyn
      return values.every((value, index) => isSame(actual[index], value, of))
    }
    case 'mapValue': {
      const { entries = [] } = expected as { entries?: { key: WireValue; value: WireValue }[] }
      if (typeof actual !== 'object' || actual === null) return false
      const members = actual as Record<string, unknown>
      return (
        Object.keys(members).length === entries.length &&
        entries.every(({ key, value }) => isSame(members[String(plainValue(key))], value, t.dyn))
      )
    }
    default:
      return false
  }
}
