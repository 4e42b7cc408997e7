import { expressionTypes as t } from '../expression-types.ts'
import type { ElementNode, ExprNode } from '../tree.ts'
import { readerFor } from '../values/boundary.ts'
import { decimalOne } from '../values/decimal.ts'
import { Box, boxInner, boxOf, narrowBox } from '../values/dynamic.ts'
import type { Money } from '../values/money.ts'
import { compileCall, compileDynamicCall } from './call.ts'
import { compileComparison, equalityOf, samenessOf } from './compare.ts'
import type { Run } from './frame.ts'
import { compileMacro } from './macros.ts'
import { compilePath, readMember } from './paths.ts'

/** The closure of a typed tree. */
export function compileRun(node: ExprNode): Run {
  switch (node.kind) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'path':
      return compilePath(node.path, node.type)
    case 'local': {
      const { slot } = node
      return ({ locals }) => locals[slot]
    }
    case 'member':
      return compileMember(node)
    case 'element':
      return compileElement(node)
    case 'call':
      return compileCall(node.overload, node.args.map(compileRun))
    case 'dynamic_call':
      return compileDynamicCall(node.name, node.args.map(compileRun))
    case 'compare':
      return compileComparison(node, compileRun(node.left), compileRun(node.right))
    case 'logic':
      return compileLogic(node)
    case 'not': {
      const operand = compileRun(node.operand)
      return (frame) => operand(frame) !== true
    }
    case 'is_blank': {
      const operand = compileRun(node.operand)
      return (frame) => isBlank(operand(frame))
    }
    case 'conditional': {
      const [condition, then, otherwise] = [node.condition, node.then, node.otherwise].map(compileRun)
      return (frame) => (condition!(frame) === true ? then!(frame) : otherwise!(frame))
    }
    case 'coalesce':
      return compileCoalesce(node.operands.map(compileRun))
    case 'in':
      return compileMembership(node)
    case 'changed': {
      const [now, before] = [compileRun(node.now), compileRun(node.before)]
      const isSame = samenessOf(node.now.type)
      return (frame) => !isSame(now(frame), before(frame))
    }
    case 'list': {
      const elements = node.elements.map(compileRun)
      return (frame) => elements.map((element) => element(frame))
    }
    case 'map': {
      const entries = node.entries.map(({ key, value }) => [key, compileRun(value)] as const)
      return (frame) => Object.fromEntries(entries.map(([key, value]) => [key, value(frame)]))
    }
    case 'macro':
      return compileMacro(node, {
        list: compileRun(node.list),
        condition: node.condition && compileRun(node.condition),
        body: node.body && compileRun(node.body),
      })
    case 'bind': {
      const [value, body] = [compileRun(node.value), compileRun(node.body)]
      return (frame) => {
        frame.locals[node.slot] = value(frame)
        return body(frame)
      }
    }
    case 'coerce':
      return compileCoercion(node)
  }
}

function isBlank(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

function compileLogic({ operator, operands }: ExprNode & { kind: 'logic' }): Run {
  const runs = operands.map(compileRun)
  const [first, second] = runs
  const isAnd = operator === 'and'
  if (runs.length === 2) {
    return isAnd
      ? (frame) => first!(frame) === true && second!(frame) === true
      : (frame) => first!(frame) === true || second!(frame) === true
  }
  return isAnd
    ? (frame) => runs.every((run) => run(frame) === true)
    : (frame) => runs.some((run) => run(frame) === true)
}

function compileCoalesce(operands: readonly Run[]): Run {
  return (frame) => {
    for (const operand of operands) {
      const value = operand(frame)
      if (!isBlank(value)) return value
    }
    return null
  }
}

function compileMembership({ element, list }: ExprNode & { kind: 'in' }): Run {
  const [item, items] = [compileRun(element), compileRun(list)]
  if (list.type.kind === 'map') {
    return (frame) => readMember(items(frame), (item(frame) as string | null) ?? '') !== null
  }
  const isEqual = list.type.kind === 'list' ? equalityOf(element.type, list.type.of) : () => false
  return (frame) => {
    const value = item(frame)
    if (value === null) return false
    const all = items(frame) as unknown[] | null
    return all !== null && all.some((other) => other !== null && isEqual(value, other))
  }
}

function compileMember({ of, name, type }: ExprNode & { kind: 'member' }): Run {
  const [base, read] = [compileRun(of), readerFor(type)]
  if (of.type.kind !== 'dyn') return (frame) => read(readMember(base(frame), name))
  return (frame) => boxOf(memberOfBox(base(frame) as Box | null, name))
}

function memberOfBox(box: Box | null, name: string): unknown {
  if (box?.type.kind === 'money') {
    const { amount, currency } = box.value as Money
    if (name === 'amount') return new Box(t.decimal, amount)
    return name === 'currency' ? currency : null
  }
  return box?.type.kind === 'map' ? readMember(box.value, name) : null
}

function compileElement({ of, key, type }: ElementNode): Run {
  const [base, index] = [compileRun(of), compileRun(key)]
  if (of.type.kind === 'list') return (frame) => elementAt(base(frame), index(frame))
  if (of.type.kind === 'map') {
    const read = readerFor(type)
    return (frame) => read(readMember(base(frame), (index(frame) as string | null) ?? ''))
  }
  return (frame) => {
    const box = base(frame) as Box | null
    const by = index(frame) as Box | null
    if (box?.type.kind === 'list' && by?.type.kind === 'int') return elementAt(box.value, by.value)
    return by?.type.kind === 'string' ? boxOf(memberOfBox(box, by.value as string)) : null
  }
}

function elementAt(list: unknown, index: unknown): unknown {
  if (!Array.isArray(list) || typeof index !== 'number') return null
  return (list as unknown[])[index] ?? null
}

function compileCoercion({ operand, type }: ExprNode & { kind: 'coerce' }): Run {
  const run = compileRun(operand)
  const change = coercion(operand.type, type)
  return (frame) => {
    const value = run(frame)
    return value === null ? null : change(value)
  }
}

function coercion(from: ExprNode['type'], to: ExprNode['type']): (value: unknown) => unknown {
  if (to.kind === 'dyn') return (value) => boxInner(from, value)
  if (from.kind === 'dyn') return (value) => narrowBox(value as Box, to)
  if (from.kind === 'int' && to.kind === 'decimal')
    return (value) => BigInt(value as number | bigint) * decimalOne
  if (from.kind === 'list' && to.kind === 'list') {
    const change = coercion(from.of, to.of)
    return (value) => (value as unknown[]).map((element) => (element === null ? null : change(element)))
  }
  return (value) => value
}
