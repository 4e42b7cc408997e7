import type { ASTNode } from '@marcbachmann/cel-js'
import { commonType, describeType, expressionTypes as t } from '../expression-types.ts'
import { recordText } from '../functions/conversion.ts'
import { overload } from '../functions/define.ts'
import { callableNames, overloadsByName } from '../functions/library.ts'
import { sizeOf } from '../functions/lists.ts'
import type { ExprNode, Place } from '../tree.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'
import { checkBind, checkMacro, isMacro } from './macros.ts'
import { fieldOf } from './names.ts'
import { nearestName } from './nearest.ts'
import { callOf, checkOverloads } from './overloads.ts'

interface Call {
  readonly name: string
  readonly args: readonly ASTNode[]
  readonly place: Place
}

/** `name(arguments)`. */
export function checkCall(ast: ASTNode & { op: 'call' }, checking: Checking): ExprNode {
  const [name, args] = ast.args
  return checkNamed({ name, args, place: placeOf(ast) }, checking)
}

/** `value.name(arguments)`: the same as `name(value, arguments)`, or a macro over a list. */
export function checkMethod(ast: ASTNode & { op: 'rcall' }, checking: Checking): ExprNode {
  const [name, receiver, args] = ast.args
  const place = placeOf(ast)
  if (receiver.op === 'id' && receiver.args === 'cel' && name === 'bind')
    return checkBind(args, place, checking)
  if (isMacro(name, args)) return checkMacro({ macro: name, receiver, args, place }, checking)
  return checkNamed({ name, args: [receiver, ...args], place }, checking)
}

function checkNamed(call: Call, checking: Checking): ExprNode {
  const { name, place } = call
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (form) return form(call, checking)
  if (!overloadsByName.has(name) || !/^\w/.test(name)) {
    const nearest = nearestName(name, callableNames)
    return refuse(checking, place, `There is no function '${name}'`, nearest && `Did you mean '${nearest}'?`)
  }
  const args = call.args.map((arg) => checking.check(arg))
  const [first] = args
  if (name === 'string' && args.length === 1 && first?.type.kind === 'record') {
    const way = overload([[first.type], t.string], recordText.run, recordText.sql)
    return callOf({ name, overload: way, args, place }, checking)
  }
  return checkOverloads({ name, args, place }, checking)
}

const forms: Readonly<Record<string, (call: Call, checking: Checking) => ExprNode>> = {
  is_blank: (call, checking) => blankQuestion(call, checking),
  has: (call, checking) => {
    const question = blankQuestion(call, checking)
    return question.kind === 'is_blank'
      ? { kind: 'not', type: t.bool, operand: question, ...call.place }
      : question
  },
  coalesce: checkCoalesce,
  changed: checkChanged,
  size: checkSize,
  dyn: (call, checking) => {
    const [operand] = checkArguments(call, 1, checking) ?? []
    return operand ? coerce(operand, t.dyn) : refused(call, checking, 'one value')
  },
}

function blankQuestion(call: Call, checking: Checking): ExprNode {
  const [operand] = checkArguments(call, 1, checking) ?? []
  if (!operand) return refused(call, checking, 'one value')
  return { kind: 'is_blank', type: t.bool, operand, ...call.place }
}

function checkCoalesce(call: Call, checking: Checking): ExprNode {
  const operands = call.args.map((arg) => checking.check(arg))
  if (operands.length < 2) return refused(call, checking, 'two values or more')
  let type = operands[0]!.type
  for (const operand of operands) {
    const common = commonType(type, operand.type)
    if (!common) {
      const message = `coalesce needs values of one type, not ${describeType(type)} and ${describeType(operand.type)}`
      return refuse(checking, operand, message)
    }
    type = common
  }
  return { kind: 'coalesce', type, operands: operands.map((operand) => coerce(operand, type)), ...call.place }
}

function checkChanged(call: Call, checking: Checking): ExprNode {
  const [field] = call.args
  if (call.args.length !== 1 || field?.op !== 'value' || typeof field.args !== 'string') {
    return refused(call, checking, "the name of a field in quotes, such as changed('stage')")
  }
  if (!Object.hasOwn(checking.scope.variables, 'before')) {
    return refuse(
      checking,
      call.place,
      "changed() is known only in rules on change, where there is a 'before'",
    )
  }
  const place = placeOf(field)
  const now = fieldOf({ variable: 'record', field: field.args, place }, checking)
  if (now.type.kind === 'null') return now
  const before = fieldOf({ variable: 'before', field: field.args, place }, checking)
  return { kind: 'changed', type: t.bool, now, before, ...call.place }
}

function checkSize(call: Call, checking: Checking): ExprNode {
  const args = checkArguments(call, 1, checking)
  const [value] = args ?? []
  if (!value) return refused(call, checking, 'one value')
  const way = sizeOf(value.type)
  if (!way) return refuse(checking, call.place, `A value of type ${describeType(value.type)} has no size`)
  return callOf({ name: 'size', overload: way, args: [value], place: call.place }, checking)
}

function checkArguments(call: Call, count: number, checking: Checking): ExprNode[] | undefined {
  return call.args.length === count ? call.args.map((arg) => checking.check(arg)) : undefined
}

function refused({ name, place }: Call, checking: Checking, needed: string): ExprNode {
  return refuse(checking, place, `${name}() needs ${needed}`)
}
