import { describeType } from '../expression-types.ts'
import { limits } from '../limits.ts'
import type { CallNode, CompareNode, ExprNode, InNode } from '../tree.ts'
import type { ExprType, Moment } from '../types.ts'
import { sqlComparison, sqlDifference } from './compare.ts'
import { type Emitting, obstruct } from './emitting.ts'
import { boundedInteger, numeric, type Sql, text } from './fragment.ts'
import { literalSql } from './literals.ts'
import { elementSql, emitMacro } from './macros.ts'
import { momentParams } from './moments.ts'
import type { SqlTokens } from './tokens.ts'
import { isBlankSql, pgTypeOf, strict, uniform } from './shapes.ts'

const knownWhenRun = 'the type of this value is known only when it runs'

/** The SQL of a typed tree. Throws SqlObstacle where it has no exact counterpart. */
export function emitSql(node: ExprNode, tokens: SqlTokens, moment: Moment | 'bound'): Sql {
  const emitting: Emitting = {
    emit: (part) => bounded(emitNode(part, emitting), part),
    tokens,
    moment: momentParams(moment, (value, pgType) => tokens.param(value, pgType)),
    locals: new Map(),
    aliases: 0,
  }
  return emitting.emit(node)
}

// Checked at every step: some functions name their argument twice, so that nesting could double the text each time
function bounded(value: Sql, node: ExprNode): Sql {
  if (value.sql.length > limits.sqlLength) {
    obstruct('the SQL of this expression would be too long; split it up', node)
  }
  return value
}

function emitNode(node: ExprNode, emitting: Emitting): Sql {
  const { emit } = emitting
  switch (node.kind) {
    case 'constant':
      return (
        literalSql(node.value, node.type, (value, pgType) => emitting.tokens.param(value, pgType)) ??
        obstruct(`a value of type ${describeType(node.type)} has no counterpart in SQL`, node)
      )
    case 'path':
      return emitPath(node, emitting)
    case 'local':
      return emitting.locals.get(node.slot) ?? obstruct(knownWhenRun, node)
    case 'call':
      return emitCall(node, emitting)
    case 'compare':
      return emitComparison(node, emitting)
    case 'logic': {
      const joint = node.operator === 'and' ? ' AND ' : ' OR '
      return { sql: `(${node.operands.map((operand) => emit(operand).sql).join(joint)})`, isLoose: true }
    }
    case 'not':
      return { sql: `(${emit(node.operand).sql} IS NOT TRUE)` }
    case 'is_blank':
      return { sql: isBlankSql(emit(node.operand), node.operand.type) }
    case 'conditional':
      return choose(
        [{ when: emit(node.condition).sql, then: emit(node.then) }],
        emit(node.otherwise),
        node.type,
      )
    case 'coalesce':
      return emitCoalesce(node.operands.map(emit), node.type)
    case 'in':
      return emitMembership(node, emitting)
    case 'changed':
      if (
        pgTypeOf(node.now.type) === undefined &&
        node.now.type.kind !== 'money' &&
        node.now.type.kind !== 'duration'
      ) {
        obstruct(`changed() of a ${describeType(node.now.type)} has no counterpart in SQL`, node)
      }
      return sqlDifference({ left: emit(node.now), right: emit(node.before) }, node.now.type)
    case 'list':
      return emitList(node, emitting)
    case 'element':
      return emitElement(node, emitting)
    case 'macro':
      return emitMacro(node, emitting)
    case 'bind':
      emitting.locals.set(node.slot, emit(node.value))
      return emit(node.body)
    case 'coerce':
      return emitCoercion(node, emitting)
    case 'member':
    case 'dynamic_call':
      return obstruct(knownWhenRun, node)
    case 'map':
      return obstruct('maps have no counterpart in SQL', node)
  }
}

function emitPath(node: ExprNode & { kind: 'path' }, emitting: Emitting): Sql {
  const { type } = node
  if (type.kind === 'map' || type.kind === 'dyn' || type.kind === 'struct')
    return obstruct(knownWhenRun, node)
  if (type.kind === 'list' && pgTypeOf(type.of) === undefined) {
    return obstruct(`a list of ${describeType(type.of)} has no counterpart in SQL`, node)
  }
  const { sql, currency } = emitting.tokens.column(node.path)
  switch (type.kind) {
    case 'string':
      return text(sql)
    case 'int':
      return { sql, isInteger: true }
    case 'money':
      return { sql, currency }
    case 'duration':
      return {
        sql: `(extract(day from ${sql}) * 86400000 + extract(hour from ${sql}) * 3600000 + extract(minute from ${sql}) * 60000 + trunc(extract(millisecond from ${sql})))`,
        months: `(extract(year from ${sql}) * 12 + extract(month from ${sql}))`,
      }
    default:
      return { sql }
  }
}

function emitCall(node: CallNode, emitting: Emitting): Sql {
  const { overload, args } = node
  if (typeof overload.sql !== 'function')
    return obstruct(overload.sql ?? `'${node.name}' has no counterpart in SQL`, node)
  return overload.sql(
    args.map((arg) => strict(emitting.emit(arg))),
    {
      ...emitting.moment,
      param: (value, pgType) => emitting.tokens.param(value, pgType),
      constant: (index) => {
        const arg = args[index]
        return arg?.kind === 'constant' ? arg.value : undefined
      },
      refuse: (message) => obstruct(message, node),
    },
  )
}

function emitComparison(node: CompareNode, emitting: Emitting): Sql {
  const { left, right, operator } = node
  const kinds = [left.type.kind, right.type.kind]
  if (kinds.includes('record')) return emitRecordComparison(node, emitting)
  const type: ExprType = kinds.includes('money') ? { kind: 'money' } : left.type
  if (pgTypeOf(type) === undefined && type.kind !== 'money' && type.kind !== 'duration') {
    return obstruct(`comparing a ${describeType(type)} has no counterpart in SQL`, node)
  }
  const sides = { left: strict(emitting.emit(left)), right: strict(emitting.emit(right)) }
  if (left.kind === 'path' && left.type.kind === 'string' && isPresent(right) && keepsBlanksOut(operator)) {
    return sqlComparison(operator, { ...sides, left: emitting.tokens.column(left.path) }, type)
  }
  return sqlComparison(operator, sides, type)
}

// '' is neither equal to nor larger than a text that is not blank, so an index on the bare column can serve
function keepsBlanksOut(operator: CompareNode['operator']): boolean {
  return operator === '==' || operator === '>' || operator === '>='
}

function isPresent(node: ExprNode): boolean {
  return node.kind === 'constant' && node.value !== null
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function emitRecordComparison({ left, right, operator }: CompareNode, emitting: Emitting): Sql {
  const [record, other] = left.type.kind === 'record' ? [left, right] : [right, left]
  const id = emitting.emit(record)
  if (other.type.kind === 'record')
    return sqlComparison(operator, { left: id, right: emitting.emit(other) }, other.type)
  if (other.kind !== 'constant') {
    const asText = { sql: `(${id.sql})::text` }
    return sqlComparison(operator, { left: asText, right: emitting.emit(other) }, other.type)
  }
  if (other.value === null) return { sql: 'false' }
  if (!uuid.test(other.value as string)) {
    // what is no id is the id of nothing
    return operator === '==' ? { sql: 'false' } : { sql: `(${id.sql} IS NOT NULL)` }
  }
  return sqlComparison(
    operator,
    { left: id, right: { sql: emitting.tokens.param(other.value, 'uuid') } },
    record.type,
  )
}

/** CASE over values of one type. */
function choose(cases: readonly { when: string; then: Sql }[], otherwise: Sql, type: ExprType): Sql {
  const values = uniform([...cases.map(({ then }) => then), otherwise], type)
  const part = (of: (value: Sql) => string | undefined) => {
    const branches = cases.map(({ when }, index) => `WHEN ${when} THEN ${of(values[index]!)}`)
    return `CASE ${branches.join(' ')} ELSE ${of(values.at(-1)!)} END`
  }
  const sql = part((value) => value.sql)
  if (type.kind === 'money') return { sql, currency: part((value) => value.currency) }
  if (type.kind === 'duration') return { sql, months: part((value) => value.months) }
  return { sql, isInteger: values.every(({ isInteger }) => isInteger) }
}

function emitCoalesce(operands: readonly Sql[], type: ExprType): Sql {
  if (type.kind === 'money' || type.kind === 'duration' || type.kind === 'list') {
    const cases = operands.slice(0, -1).map((then) => ({ when: `NOT ${isBlankSql(then, type)}`, then }))
    return choose(cases, operands.at(-1)!, type)
  }
  const values = uniform(operands, type)
  return {
    sql: `coalesce(${values.map(({ sql }) => sql).join(', ')})`,
    isInteger: values.every(({ isInteger }) => isInteger),
  }
}

function emitMembership(node: InNode, emitting: Emitting): Sql {
  const { element, list } = node
  if (list.type.kind !== 'list') return obstruct('maps have no counterpart in SQL', list)
  if (list.kind === 'list') {
    const questions = list.elements.map((other) => {
      const place = { position: other.position, length: other.length }
      const pair: CompareNode = {
        kind: 'compare',
        type: node.type,
        operator: '==',
        left: element,
        right: other,
        ...place,
      }
      return emitComparison(pair, emitting).sql
    })
    return questions.length === 0 ? { sql: 'false' } : { sql: `(${questions.join(' OR ')})`, isLoose: true }
  }
  const value = strict(emitting.emit(element))
  const items = emitting.emit(list)
  const isId = list.type.of.kind === 'record' && element.type.kind === 'string'
  const array = isId ? `(${items.sql})::text[]` : items.sql
  return {
    sql: `(${element.type.kind === 'int' ? numeric(value) : value.sql} = ANY(${array}))`,
    isLoose: true,
  }
}

function emitList(node: ExprNode & { kind: 'list' }, emitting: Emitting): Sql {
  const of = node.type.kind === 'list' ? node.type.of : node.type
  const pgType = pgTypeOf(of)
  if (pgType === undefined) return obstruct(`a list of ${describeType(of)} has no counterpart in SQL`, node)
  const elements = node.elements.map((element) => strict(emitting.emit(element)))
  const items = of.kind === 'int' ? elements.map(numeric) : elements.map(({ sql }) => sql)
  return { sql: `ARRAY[${items.join(', ')}]::${pgType}[]` }
}

function emitElement(node: ExprNode & { kind: 'element' }, emitting: Emitting): Sql {
  if (node.of.type.kind !== 'list') return obstruct(knownWhenRun, node)
  if (pgTypeOf(node.type) === undefined)
    return obstruct(`a list of ${describeType(node.type)} has no SQL`, node)
  const index = boundedInteger(emitting.emit(node.key), -1, 1_000_000_000)
  return elementSql(`(${emitting.emit(node.of).sql})[${index} + 1]`, node.type)
}

function emitCoercion(node: ExprNode & { kind: 'coerce' }, emitting: Emitting): Sql {
  const { operand, type } = node
  if (operand.type.kind === 'dyn' || type.kind === 'dyn') return obstruct(knownWhenRun, node)
  const value = emitting.emit(operand)
  if (operand.type.kind === 'int' && type.kind === 'decimal') return { sql: numeric(value) }
  if (operand.type.kind === 'list' && type.kind === 'list') {
    const pgType = pgTypeOf(type.of)
    if (pgType === undefined)
      return obstruct(`a list of ${describeType(type.of)} has no counterpart in SQL`, node)
    return { sql: `(${value.sql})::${pgType}[]` }
  }
  return value
}
