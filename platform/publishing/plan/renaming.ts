import { identifier } from '../../database/identifier.ts'
import { qualified, type ForeignKey } from './statements.ts'

export interface Rename {
  readonly from: string
  readonly to: string
}

/** Renames several things at once, also where one takes the name that another gives up. */
export function renameAll(renames: readonly Rename[], statement: (rename: Rename) => string): string[] {
  const given = new Set(renames.map(({ from }) => from))
  if (!renames.some(({ to }) => given.has(to))) return renames.map(statement)
  const between = renames.map((rename, at) => ({ ...rename, over: `_moving_${at}` }))
  return [
    ...between.map(({ from, over }) => statement({ from, to: over })),
    ...between.map(({ over, to }) => statement({ from: over, to })),
  ]
}

export function renameTable(schema: string, { from, to }: Rename): string {
  return `alter table ${qualified(schema, from)} rename to ${identifier(to)}`
}

export function renameColumn(schema: string, table: string, { from, to }: Rename): string {
  return `alter table ${qualified(schema, table)} rename column ${identifier(from)} to ${identifier(to)}`
}

export function renameConstraint(schema: string, table: string, { from, to }: Rename): string {
  return `alter table ${qualified(schema, table)} rename constraint ${identifier(from)} to ${identifier(to)}`
}

export function renameIndex(schema: string, { from, to }: Rename): string {
  return `alter index ${qualified(schema, from)} rename to ${identifier(to)}`
}

/** Gives the references of a field the names that belong to its new place. */
export function renameForeignKeys(before: readonly ForeignKey[], after: readonly ForeignKey[]): string[] {
  return before.flatMap((key, at) => {
    const next = after[at]
    if (next === undefined || next.name === key.name) return []
    return [renameConstraint(next.schema, next.table, { from: key.name, to: next.name })]
  })
}
