import type { ASTNode } from '@marcbachmann/cel-js'
import { describeType, expressionTypes as t } from '../expression-types.ts'
import { overload } from '../functions/define.ts'
import type { ExprNode, Place } from '../tree.ts'
import type { ExprType } from '../types.ts'
import type { Money } from '../values/money.ts'
import { type Checking, notePath, placeOf, refuse } from './checking.ts'
import { nearestName } from './nearest.ts'

/** A variable of the scope or the name that a macro gives. */
export function checkName(ast: ASTNode & { op: 'id' }, checking: Checking): ExprNode {
  return noted(resolveName(ast, checking), checking)
}

/** `a.b`: a field through references, a member of a struct or map, a part of money. */
export function checkMember(ast: ASTNode & { op: '.' }, checking: Checking): ExprNode {
  return noted(resolveMember(ast, checking), checking)
}

/** The node of a field of the record that a variable names, for `changed`. */
export function fieldOf(
  { variable, field, place }: { variable: string; field: string; place: Place },
  checking: Checking,
): ExprNode {
  const type = checking.scope.variables[variable]
  const record: ExprNode = { kind: 'path', type: type ?? t.null, path: [variable], ...place }
  return noted(memberOf({ of: record, name: field, place }, checking), checking)
}

// A path is noted where it ends, so that `record.account.name` does not count as a use of `record.account`
function noted(node: ExprNode, checking: Checking): ExprNode {
  if (node.kind === 'path') notePath(checking, node.path)
  if (node.kind === 'member' && node.origin) notePath(checking, node.origin)
  return node
}

function resolveName(ast: ASTNode & { op: 'id' }, checking: Checking): ExprNode {
  const place = placeOf(ast)
  const name = ast.args
  const local = checking.locals.findLast((candidate) => candidate.name === name)
  if (local) return { kind: 'local', type: local.type, slot: local.slot, origin: local.origin, ...place }
  const variables = checking.scope.variables
  const type = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (type) return { kind: 'path', type, path: [name], ...place }
  const known = [...Object.keys(variables), ...checking.locals.map((candidate) => candidate.name)]
  return refuse(checking, place, `There is no '${name}' here`, suggestion(name, known, 'names'))
}

function resolveMember(ast: ASTNode & { op: '.' }, checking: Checking): ExprNode {
  const [base, name] = ast.args
  const of =
    base.op === 'id'
      ? resolveName(base, checking)
      : base.op === '.'
        ? resolveMember(base, checking)
        : checking.check(base)
  const place = { position: ast.end - name.length, length: name.length }
  return memberOf({ of, name, place }, checking)
}

function memberOf(
  { of, name, place }: { of: ExprNode; name: string; place: Place },
  checking: Checking,
): ExprNode {
  const { type } = of
  switch (type.kind) {
    case 'record': {
      const shape = checking.scope.object(type.object)
      if (!shape) return refuse(checking, place, `There is no object '${type.object}'`)
      const present = shape.presentName?.(name) ?? name
      const field = shape.field(present)
      if (field) return step({ of, name: present, place, type: field })
      const remedy = suggestion(name, shape.fieldNames(), 'fields')
      return refuse(checking, place, `'${type.object}' has no field '${name}'`, remedy)
    }
    case 'struct': {
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined
      if (field) return step({ of, name, place, type: field })
      return refuse(
        checking,
        place,
        `There is no '${name}'`,
        suggestion(name, Object.keys(type.fields), 'members'),
      )
    }
    case 'map':
    case 'dyn':
      noted(of, checking)
      return { kind: 'member', type: type.kind === 'map' ? type.of : t.dyn, of, name, ...place }
    case 'money':
      noted(of, checking)
      return (
        partOfMoney(of, name, place) ??
        refuse(checking, place, `Money has no '${name}'`, 'It has amount and currency.')
      )
    case 'null':
      return of
    default:
      return refuse(checking, place, `A value of type ${describeType(type)} has no '${name}'`)
  }
}

function step({
  of,
  name,
  place,
  type,
}: {
  of: ExprNode
  name: string
  place: Place
  type: ExprType
}): ExprNode {
  const start = Math.min(of.position, place.position)
  const whole = { position: start, length: place.position + place.length - start }
  if (of.kind === 'path') return { kind: 'path', type, path: [...of.path, name], ...whole }
  const base = of.kind === 'local' || of.kind === 'member' ? of.origin : undefined
  return { kind: 'member', type, of, name, origin: base && [...base, name], ...whole }
}

const amountOfMoney = overload(
  [[t.money], t.decimal],
  ({ amount }: Money) => amount,
  ([money]) => ({ sql: money!.sql }),
)
const currencyOfMoney = overload(
  [[t.money], t.string],
  ({ currency }: Money) => currency,
  ([money]) => ({ sql: `CASE WHEN ${money!.sql} IS NOT NULL THEN ${money!.currency} END` }),
)

function partOfMoney(of: ExprNode, name: string, place: Place): ExprNode | undefined {
  const part = name === 'amount' ? amountOfMoney : name === 'currency' ? currencyOfMoney : undefined
  return part && { kind: 'call', name, type: part.result, overload: part, args: [of], ...place }
}

function suggestion(name: string, known: readonly string[], what: string): string | undefined {
  const nearest = nearestName(name, known)
  if (nearest) return `Did you mean '${nearest}'?`
  return known.length > 0 && known.length <= 12 ? `The ${what} are: ${known.join(', ')}.` : undefined
}
