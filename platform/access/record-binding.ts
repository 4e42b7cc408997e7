import type { SqlBinding } from '../language/types.ts'
import type { FieldModel, Model } from '../definitions/model/model.ts'
import { identifier } from '../database/identifier.ts'
import type { StatementBuilder } from '../database/statement.ts'
import { principalSlotTypes } from './principal.ts'

/** What of the records behind references may be looked at. */
export interface ReferenceGate {
  /** Whether every record of the object may be read. */
  isOpen(object: string): boolean
  /** The condition under which the row behind the alias may be read. */
  condition(object: string, alias: string): string
}

export interface RecordBindingOptions {
  readonly model: Model
  readonly object: string
  /** The alias of the object's table in the statement. */
  readonly alias: string
  readonly statement: StatementBuilder
  /**
   * A condition on every record that is reached through a reference, given its object and alias: the reader's right
   * to see it. Absent for rules of the declarations, which may look at every record.
   */
  readonly gate?: ReferenceGate
  /** Name of the variable that stands for the row; `record` if not said. */
  readonly variable?: string
  /** The row behind `referring`, in conditions on what a record may refer to. */
  readonly referring?: { readonly object: string; readonly alias: string }
}

type Columns = { readonly sql: string; readonly currency?: string }

/** Where the SQL of an expression over one row finds its columns: `record.…` and `user.…`. */
export function recordBinding(options: RecordBindingOptions): SqlBinding {
  const variable = options.variable ?? 'record'
  return {
    param: (value, pgType) => options.statement.constant(value, pgType),
    column(path) {
      const [root, ...rest] = path
      if (root === variable) return fieldColumns({ ...options, path: rest })
      if (root === 'referring' && options.referring !== undefined)
        return fieldColumns({ ...options, ...options.referring, path: rest })
      if (root === 'user') return userColumns({ ...options, path: rest })
      throw new Error(`The variable "${root}" has no columns in SQL (path ${path.join('.')}).`)
    },
  }
}

/** The columns of a field, or of one that is reached from it through references, as correlated sub-selects. */
function fieldColumns(options: RecordBindingOptions & { path: readonly string[] }): Columns {
  const { model, object, alias, path } = options
  const [name = 'id', ...rest] = path
  const field = model.objects.get(object)?.fields.get(name)
  if (field === undefined) throw new Error(`Object "${object}" has no field "${name}".`)
  if (rest.length === 0) return ownColumns(options, field) ?? referenceColumn(options, field)
  if (field.expressionType.kind === 'struct') {
    return { sql: `nullif(${alias}.${identifier(name)} ->> ${literal(rest[0] as string)}, '')` }
  }
  if (field.reference === undefined) throw new Error(`Field "${object}.${name}" cannot be followed.`)
  return through({ ...options, target: field.reference.to, id: `${alias}.${identifier(name)}`, path: rest })
}

function through(
  options: RecordBindingOptions & { target: string; id: string; path: readonly string[] },
): Columns {
  const { statement, target, id, path, gate } = options
  const next = statement.alias('r')
  const inner = fieldColumns({ ...options, object: target, alias: next, path })
  const gated =
    gate === undefined ? '' : ` and ${next}.deleted_at is null and ${gate.condition(target, next)}`
  const select = (sql: string) =>
    `(select ${sql} from ${statement.table(target)} ${next} where ${next}.id = ${id}${gated})`
  return inner.currency === undefined
    ? { sql: select(inner.sql) }
    : { sql: select(inner.sql), currency: select(inner.currency) }
}

/** A reference to a record that may not be seen is blank, so that comparing ids tells nothing. */
function referenceColumn(options: RecordBindingOptions, field: FieldModel): Columns {
  const target = field.reference?.to as string
  const id = `${options.alias}.${identifier(field.name)}`
  return options.gate?.isOpen(target) === true
    ? { sql: id }
    : through({ ...options, target, id, path: ['id'] })
}

function ownColumns(options: RecordBindingOptions, field: FieldModel): Columns | undefined {
  const { alias } = options
  if (field.reference !== undefined && options.gate !== undefined) return undefined
  if (field.formula !== undefined && !field.formula.isGenerated) return formulaColumns(options, field)
  const [main, second] = field.columns
  if (main === undefined) throw new Error(`Field "${field.object}.${field.name}" has no column.`)
  const sql = `${alias}.${identifier(main.name)}`
  return second === undefined ? { sql } : { sql, currency: `${alias}.${identifier(second.name)}` }
}

function formulaColumns(options: RecordBindingOptions, field: FieldModel): Columns {
  const formula = field.formula as NonNullable<FieldModel['formula']>
  const { model, alias, statement } = options
  const binding = recordBinding({ model, alias, statement, object: field.object, variable: 'record' })
  return formula.expression.toSql(binding, 'bound')
}

function userColumns(options: RecordBindingOptions & { path: readonly string[] }): Columns {
  const { statement, path } = options
  const [name = 'id', ...rest] = path
  const type = principalSlotTypes[name]
  if (rest.length === 0 && type !== undefined) return { sql: statement.slot(`user.${name}`, type) }
  return through({ ...options, target: 'user', id: statement.slot('user.id', 'uuid'), path })
}

/** A text as it stands in a statement. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
