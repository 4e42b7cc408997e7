import type { ASTNode } from '@marcbachmann/cel-js'
import { describeType, expressionTypes as t, isSameType } from '../expression-types.ts'
import type { Overload } from '../functions/define.ts'
import { overloadsByName } from '../functions/library.ts'
import { bestOverload, fits, paramOf } from '../functions/resolve.ts'
import { listJoin } from '../functions/lists.ts'
import type { ExprNode, Place } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { runConstantCall } from '../run/call.ts'
import { isStorableText } from '../values/text.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'

/** An operator on checked operands. */
export function checkOperator(
  name: string,
  ast: ASTNode,
  args: readonly ExprNode[],
  checking: Checking,
): ExprNode {
  const [left, right] = args
  if (name === '+' && left?.type.kind === 'list' && right?.type.kind === 'list') {
    const join = listJoin(left.type, right.type)
    if (join) return callOf({ name, overload: join, args, place: placeOf(ast) }, checking)
  }
  return checkOverloads({ name, args, place: placeOf(ast) }, checking)
}

/** The call of a function or operator that has overloads; a fault where none fits. */
export function checkOverloads(
  { name, args, place }: { name: string; args: readonly ExprNode[]; place: Place },
  checking: Checking,
): ExprNode {
  const ways = overloadsByName.get(name) ?? []
  const types = args.map(({ type }) => type)
  const fitting = ways.filter((way) => fits(way, types))
  const best = bestOverload(fitting, types)
  if (!best) {
    const message = `${wordFor(name)} does not take (${types.map(describeType).join(', ')})`
    return refuse(checking, place, message, remedyFor(name, types, ways))
  }
  const isOpen = fitting.length > 1 && types.some(({ kind }) => kind === 'dyn')
  return isOpen
    ? dynamicCall({ name, args, place }, fitting, checking)
    : callOf({ name, overload: best, args, place }, checking)
}

/** The node of a call by a known overload, computed now where it depends on constants alone. */
export function callOf(
  {
    name,
    overload,
    args,
    place,
  }: { name: string; overload: Overload; args: readonly ExprNode[]; place: Place },
  checking: Checking,
): ExprNode {
  const typed = args.map((arg, index) => coerce(arg, paramOf(overload, index)!))
  const problem = overload.refuseConstants?.(
    typed.map((arg) => (arg.kind === 'constant' ? arg.value : undefined)),
  )
  if (problem !== undefined) return refuse(checking, place, problem)
  if (overload.usesMoment) checking.usesMoment = true
  else if (typed.length > 0 && typed.every((arg) => arg.kind === 'constant')) {
    const value = runConstantCall(
      overload,
      typed.map((arg) => arg.value),
    )
    if (typeof value !== 'string' || isStorableText(value)) {
      return { kind: 'constant', type: overload.result, value, ...place }
    }
  }
  return { kind: 'call', name, type: overload.result, overload, args: typed, ...place }
}

function dynamicCall(
  { name, args, place }: { name: string; args: readonly ExprNode[]; place: Place },
  fitting: readonly Overload[],
  checking: Checking,
): ExprNode {
  if (fitting.some(({ usesMoment }) => usesMoment)) checking.usesMoment = true
  const boxed = args.map((arg) => coerce(arg, t.dyn))
  const call: ExprNode = { kind: 'dynamic_call', name, type: t.dyn, args: boxed, ...place }
  const result = fitting[0]!.result
  return fitting.every((way) => isSameType(way.result, result)) ? coerce(call, result) : call
}

function wordFor(name: string): string {
  return name === '-_' ? "'-'" : `'${name}'`
}

function remedyFor(name: string, types: readonly ExprType[], ways: readonly Overload[]): string | undefined {
  if (name === '+' && types.some(({ kind }) => kind === 'string')) {
    return 'Turn the other side into text with string().'
  }
  const signatures = ways.slice(0, 6).map(({ params, rest }) => {
    const names = params.map(describeType)
    return `(${(rest ? [...names, '...'] : names).join(', ')})`
  })
  return signatures.length > 0 ? `It takes ${signatures.join(' or ')}.` : undefined
}
