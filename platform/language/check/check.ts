import type { ASTNode } from '@marcbachmann/cel-js'
import { expressionTypes as t } from '../expression-types.ts'
import { limits } from '../limits.ts'
import type { ExprNode } from '../tree.ts'
import { isStorableText } from '../values/text.ts'
import { parseDecimal } from '../values/decimal.ts'
import { narrow } from '../values/integer.ts'
import { checkCall, checkMethod } from './calls.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { checkElement, checkList, checkMap } from './collections.ts'
import { checkComparison } from './comparisons.ts'
import { checkMembership } from './membership.ts'
import { checkName, checkMember } from './names.ts'
import { checkOperator } from './overloads.ts'
import { checkConditional, checkLogic, checkNot } from './conditions.ts'

/** The typed tree of a syntax tree; faults are collected in `checking`. */
export function checkNode(ast: ASTNode, checking: Checking): ExprNode {
  if (checking.depth >= limits.depth) {
    return refuse(checking, placeOf(ast), 'The expression is nested too deeply', 'Split it up.')
  }
  checking.depth++
  try {
    return checkByOperator(ast, checking)
  } finally {
    checking.depth--
  }
}

function checkByOperator(ast: ASTNode, checking: Checking): ExprNode {
  switch (ast.op) {
    case 'value':
      return checkLiteral(ast, checking)
    case 'id':
      return checkName(ast, checking)
    case '.':
      return checkMember(ast, checking)
    case '[]':
      return checkElement(ast, checking)
    case 'call':
      return checkCall(ast, checking)
    case 'rcall':
      return checkMethod(ast, checking)
    case 'list':
      return checkList(ast, checking)
    case 'map':
      return checkMap(ast, checking)
    case '?:':
      return checkConditional(ast, checking)
    case '&&':
    case '||':
      return checkLogic(ast, checking)
    case '!_':
      return checkNot(ast, checking)
    case '-_':
      return checkNegation(ast, checking)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkComparison(ast, checking)
    case 'in':
      return checkMembership(ast, checking)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return checkOperator(ast.op, ast, [checking.check(ast.args[0]), checking.check(ast.args[1])], checking)
    default:
      return refuse(
        checking,
        placeOf(ast),
        'Optional access is not part of the language',
        'Write a plain dot.',
      )
  }
}

function checkNegation(ast: ASTNode & { op: '-_' }, checking: Checking): ExprNode {
  // the smallest int is written as the negation of a number that is no int itself
  if (ast.args.op === 'value' && ast.args.args === 2n ** 63n) {
    return { kind: 'constant', type: t.int, value: -(2n ** 63n), ...placeOf(ast) }
  }
  return checkOperator('-_', ast, [checking.check(ast.args)], checking)
}

function checkLiteral(ast: ASTNode & { op: 'value' }, checking: Checking): ExprNode {
  const place = placeOf(ast)
  const value = ast.args
  if (value === null) return { kind: 'constant', type: t.null, value, ...place }
  switch (typeof value) {
    case 'boolean':
      return { kind: 'constant', type: t.bool, value, ...place }
    case 'string':
      if (!isStorableText(value)) {
        return refuse(
          checking,
          place,
          'The text holds a NUL character or half a surrogate pair, which no text can hold',
        )
      }
      return { kind: 'constant', type: t.string, value: value === '' ? null : value, ...place }
    case 'bigint': {
      const integer = narrow(value)
      if (integer === null)
        return refuse(checking, place, `${value} is beyond 64 bits`, 'Write it with a point: 1.0')
      return { kind: 'constant', type: t.int, value: integer, ...place }
    }
    case 'number': {
      // read from the text, because the parser has already made it a binary fraction
      const decimal = parseDecimal(ast.input.slice(ast.start, ast.end))
      if (decimal === null)
        return refuse(checking, place, 'The number has more than 38 digits before its point')
      return { kind: 'constant', type: t.decimal, value: decimal, ...place }
    }
    default:
      return refuse(
        checking,
        place,
        'Bytes and unsigned numbers are not part of the language',
        'Use text and int.',
      )
  }
}
