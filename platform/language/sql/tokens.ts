import type { SqlBinding } from '../types.ts'

/**
 * Parameters and columns while SQL is being made: tokens that cannot occur in SQL stand for them, and only those left
 * in the finished text are asked of the binding, in their order and each once. A parameter that nothing uses would
 * have no type for PostgreSQL.
 */
export interface SqlTokens {
  param(value: unknown, pgType: string): string
  column(path: readonly string[]): { readonly sql: string; readonly currency: string }
  /** The text with everything in place. Throws where a column that is needed as money has no currency. */
  resolve(sql: string): string
}

const token = /\0(\d+)\0/g

export function createTokens(binding: SqlBinding): SqlTokens {
  const makers: (() => string)[] = []
  const made = new Map<number, string>()
  const columns = new Map<string, { readonly sql: string; readonly currency: string }>()

  const tokenFor = (make: () => string) => `\0${makers.push(make) - 1}\0`
  const place = (_: string, digits: string) => {
    const index = Number(digits)
    const known = made.get(index) ?? makers[index]!()
    made.set(index, known)
    return known
  }

  return {
    param: (value, pgType) => tokenFor(() => binding.param(value, pgType)),
    column(path) {
      const key = path.join('.')
      const known = columns.get(key)
      if (known) return known
      let found: ReturnType<SqlBinding['column']> | undefined
      const find = () => (found ??= binding.column(path))
      const column = {
        sql: tokenFor(() => find().sql),
        currency: tokenFor(() => find().currency ?? missing(path)),
      }
      columns.set(key, column)
      return column
    },
    resolve: (sql) => sql.replace(token, place),
  }
}

function missing(path: readonly string[]): never {
  throw new Error(`The column of '${path.join('.')}' was given without its currency`)
}
