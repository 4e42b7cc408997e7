import type { BetterAuthOptions } from 'better-auth'
import {
  createAdapterFactory,
  type AdapterFactory,
  type CleanedWhere,
  type CustomAdapter,
} from 'better-auth/adapters'
import { identifier } from '../../database/identifier.ts'
import type { Queryable, Sql } from '../../database/sql.ts'

/**
 * better-auth's storage over the platform's own pool. Its adapter for Drizzle does the same, and costs a fifth of a
 * gigabyte and a second at every start.
 */
export function authStorage(sql: Sql): AdapterFactory<BetterAuthOptions> {
  let options: BetterAuthOptions
  const over = (queryable: Queryable, transaction: boolean): AdapterFactory<BetterAuthOptions> =>
    createAdapterFactory<BetterAuthOptions>({
      config: {
        adapterId: 'tessera',
        supportsDates: false,
        supportsBooleans: true,
        transaction:
          transaction && ((work) => sql.begin((inner) => work(over(inner, false)(options))) as never),
      },
      adapter: () => storage(queryable),
    })
  return (given) => {
    options = given
    return over(sql, true)(given)
  }
}

type Row = Record<string, unknown>

function storage(sql: Queryable): CustomAdapter {
  async function run(text: string, values: readonly unknown[]): Promise<Row[]> {
    const rows = await sql.unsafe(text, values as never[], { prepare: true })
    return rows.map((row) => renamed(row as Row, camelCase))
  }
  const update = (model: string, where: CleanedWhere[], changes: Row) => {
    const set = new StatementValues()
    const assignments = Object.entries(changes).map(
      ([field, value]) => `${column(field)} = ${set.add(value)}`,
    )
    return run(
      `update ${table(model)} set ${assignments.join(', ')} ${conditions(where, set)} returning *`,
      set.values,
    )
  }
  const remove = (model: string, where: CleanedWhere[], isOne: boolean) => {
    const parameters = new StatementValues()
    const chosen = conditions(where, parameters)
    const only = isOne ? `where id = (select id from ${table(model)} ${chosen} limit 1 for update)` : chosen
    return run(`delete from ${table(model)} ${only} returning *`, parameters.values)
  }
  const find: CustomAdapter['findMany'] = async ({ model, where = [], limit, offset, sortBy }) => {
    const parameters = new StatementValues()
    const order = sortBy
      ? ` order by ${column(sortBy.field)} ${sortBy.direction === 'desc' ? 'desc' : 'asc'}`
      : ''
    const text =
      `select * from ${table(model)} ${conditions(where, parameters)}${order} ` +
      `limit ${parameters.add(limit)}::int offset ${parameters.add(offset ?? 0)}::int`
    return (await run(text, parameters.values)) as never
  }
  return {
    async create({ model, data }) {
      const parameters = new StatementValues()
      const fields = Object.keys(data)
      const places = fields.map((field) => parameters.add(data[field]))
      const text = `insert into ${table(model)} (${fields.map(column).join(', ')}) values (${places.join(', ')}) returning *`
      return (await run(text, parameters.values))[0] as never
    },
    findMany: find,
    findOne: async ({ model, where }) => ((await find({ model, where, limit: 1 }))[0] ?? null) as never,
    update: async ({ model, where, update: changes }) =>
      ((await update(model, where, changes as Row))[0] ?? null) as never,
    updateMany: async ({ model, where, update: changes }) => (await update(model, where, changes)).length,
    async delete({ model, where }) {
      await remove(model, where, false)
    },
    deleteMany: async ({ model, where }) => (await remove(model, where, false)).length,
    consumeOne: async ({ model, where }) => ((await remove(model, where, true))[0] ?? null) as never,
    async count({ model, where = [] }) {
      const parameters = new StatementValues()
      const text = `select count(*)::int as count from ${table(model)} ${conditions(where, parameters)}`
      return Number((await run(text, parameters.values))[0]?.count ?? 0)
    },
  }
}

/** Values of a statement in the order of their placeholders. */
class StatementValues {
  readonly values: unknown[] = []

  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

const tables = new Set(['user', 'session', 'account', 'verification'])

function table(model: string): string {
  if (!tables.has(model)) throw new Error(`better-auth asks for the table "${model}", which does not exist.`)
  return `platform.${identifier(model)}`
}

const operators: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/** better-auth joins its conditions from left to right; they are put in brackets so. */
function conditions(where: readonly CleanedWhere[], parameters: StatementValues): string {
  if (where.length === 0) return ''
  return `where ${where
    .map((clause) => condition(clause, parameters))
    .reduce((left, right, at) => `(${left} ${where[at]?.connector === 'OR' ? 'or' : 'and'} ${right})`)}`
}

function condition({ field, operator, value, mode }: CleanedWhere, parameters: StatementValues): string {
  const left = mode === 'insensitive' ? `lower(${column(field)})` : column(field)
  const given = mode === 'insensitive' && typeof value === 'string' ? value.toLowerCase() : value
  if (given === null) return `${left} is ${operator === 'ne' ? 'not ' : ''}null`
  if (operator === 'in' || operator === 'not_in')
    return `${operator === 'in' ? '' : 'not '}(${left} = any (${parameters.add(given)}))`
  const comparison = operators[operator]
  if (comparison === undefined)
    throw new Error(`better-auth compares with "${operator}", which is not provided.`)
  return `${left} ${comparison} ${parameters.add(given)}`
}

function column(field: string): string {
  return identifier(field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function renamed(row: Row, name: (name: string) => string): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [name(key), value]))
}
