import type { CompareNode, CompareOperator } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { type Duration, durationLength } from '../values/duration.ts'
import { type Box, boxOf, narrowBox } from '../values/dynamic.ts'
import type { Money } from '../values/money.ts'
import { idOf } from '../values/readers.ts'
import { compareTexts } from '../values/text.ts'
import type { Frame, Run } from './frame.ts'

type Ordered = number | bigint | boolean
type Test = (left: never, right: never) => boolean

/** A comparison: false where either side is blank. */
export function compileComparison(node: CompareNode, left: Run, right: Run): Run {
  const test = testFor(node.operator, node.left.type, node.right.type) as (a: unknown, b: unknown) => boolean
  if (node.right.kind === 'constant') {
    const constant = node.right.value
    if (constant === null) return () => false
    return (frame: Frame) => {
      const value = left(frame)
      return value !== null && test(value, constant)
    }
  }
  return (frame: Frame) => {
    const a = left(frame)
    if (a === null) return false
    const b = right(frame)
    return b !== null && test(a, b)
  }
}

/** Whether two present values of these types are equal. */
export function equalityOf(left: ExprType, right: ExprType): (a: unknown, b: unknown) => boolean {
  return testFor('==', left, right) as (a: unknown, b: unknown) => boolean
}

/** The same, where two blanks are equal as well. */
export function samenessOf(type: ExprType): (a: unknown, b: unknown) => boolean {
  const isEqual = equalityOf(type, type)
  return (a, b) => (a === null || b === null ? a === b : isEqual(a, b))
}

function testFor(operator: CompareOperator, left: ExprType, right: ExprType): Test {
  if (left.kind === 'money' || right.kind === 'money') return moneyTest(operator, left, right)
  switch (left.kind) {
    case 'string':
      return right.kind === 'record' ? equality(operator, sameId) : textTest(operator)
    case 'duration': {
      const test = plainTest(operator)
      return (a: Duration, b: Duration) => test(durationLength(a), durationLength(b))
    }
    case 'record':
      return equality(operator, sameId)
    case 'list': {
      const isSame = samenessOf(left.of)
      return equality(operator, (a: unknown[], b: unknown[]) => {
        return a.length === b.length && a.every((element, index) => isSame(element, b[index]))
      })
    }
    case 'map':
    case 'struct':
      return equality(operator, sameMembers)
    case 'dyn':
      return dynamicTest(operator)
    default:
      return plainTest(operator)
  }
}

function plainTest(operator: CompareOperator): (a: Ordered, b: Ordered) => boolean {
  switch (operator) {
    case '==':
      return (a, b) => a === b
    case '!=':
      return (a, b) => a !== b
    case '<':
      return (a, b) => a < b
    case '<=':
      return (a, b) => a <= b
    case '>':
      return (a, b) => a > b
    case '>=':
      return (a, b) => a >= b
  }
}

function textTest(operator: CompareOperator): (a: string, b: string) => boolean {
  if (operator === '==') return (a, b) => a === b
  if (operator === '!=') return (a, b) => a !== b
  const test = plainTest(operator)
  return (a, b) => test(compareTexts(a, b), 0)
}

function moneyTest(operator: CompareOperator, left: ExprType, right: ExprType): Test {
  const test = plainTest(operator)
  if (left.kind !== 'money') return (a: bigint, b: Money) => test(a, b.amount)
  if (right.kind !== 'money') return (a: Money, b: bigint) => test(a.amount, b)
  // Amounts of different currencies are unequal, and neither is the larger one
  return (a: Money, b: Money) => (a.currency === b.currency ? test(a.amount, b.amount) : operator === '!=')
}

function equality<Item>(operator: CompareOperator, isEqual: (a: Item, b: Item) => boolean) {
  return operator === '!=' ? (a: Item, b: Item) => !isEqual(a, b) : isEqual
}

function sameId(a: unknown, b: unknown): boolean {
  return idOf(a) === idOf(b)
}

function dynamicTest(operator: CompareOperator): (a: Box, b: Box) => boolean {
  return (a, b) => {
    const isNumeric = isNumber(a) && isNumber(b)
    if (!isNumeric && a.type.kind !== b.type.kind) return operator === '!='
    const type: ExprType = isNumeric ? { kind: 'decimal' } : a.type
    const test = testFor(operator, type, type) as (a: unknown, b: unknown) => boolean
    return test(narrowBox(a, type), narrowBox(b, type))
  }
}

function isNumber({ type: { kind } }: Box): boolean {
  return kind === 'int' || kind === 'decimal'
}

function sameMembers(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const isSame = samenessOf({ kind: 'dyn' })
  return keys.every((key) => Object.hasOwn(b, key) && isSame(boxOf(a[key]), boxOf(b[key])))
}
