import { literal } from '../spec/literal.ts'
import type { Rename } from './renaming.ts'
import { qualified } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning } from './table-change.ts'

/** Tables of work under way that name the object of a record; few rows, changed together with the table's name. */
export const works = [
  '_instance',
  '_work_item',
  '_approval',
  '_import',
  '_clock',
  '_invocation',
  '_trigger_run',
  '_attachment',
  '_share',
] as const

/** Tables of what has been, which can be long. */
export const history = ['_change', '_effect', '_notification'] as const

export function worksOfObject(schema: string, renames: readonly Rename[]): string[] {
  return works.map(
    (table) => `update ${qualified(schema, table)} set "object" = ${renamed('"object"', renames)}`,
  )
}

/** The history of the records goes along. It can be long, so it follows after the switch. */
export function planHistoryOfObject(
  { schema, steps }: Pick<Planning, 'schema' | 'steps'>,
  renames: readonly Rename[],
): void {
  steps.add(rank.settle, {
    action: 'rename_history',
    class: 'backfill',
    phase: 'settle',
    subject: renames.length === 1 ? (renames[0] as Rename).to : '*',
    title: `Let the history follow ${renames.map(({ to }) => to).join(', ')}`,
    statements: history.map(
      (table) => `update ${qualified(schema, table)} set "object" = ${renamed('"object"', renames)}`,
    ),
    lock: 'ROW EXCLUSIVE',
    locked: [...history],
    isLong: false,
  })
}

export function planHistoryOfFields(
  { schema, steps }: Pick<Planning, 'schema' | 'steps'>,
  object: string,
  renames: readonly Rename[],
): void {
  const key = renamed('entry.key', renames, '')
  const names = literal(
    renames.map(({ from }) => from),
    'text[]',
  )
  steps.add(rank.settle + 1, {
    action: 'rename_history',
    class: 'backfill',
    phase: 'settle',
    subject: renames.length === 1 ? `${object}.${renames[0]?.to}` : object,
    title: `Let the history of ${object} name ${renames.map(({ to }) => to).join(', ')}`,
    statements: [
      `update ${qualified(schema, '_change')} set "changes" = ` +
        `(select jsonb_object_agg(${key}, entry.value) from jsonb_each("changes") as entry) ` +
        `where "object" = ${literal(object, 'text')} and jsonb_typeof("changes") = 'object' and "changes" ?| ${names}`,
    ],
    lock: 'ROW EXCLUSIVE',
    locked: ['_change'],
    isLong: false,
  })
}

/** A name mapped to the one it bears now; a condition is added where only rows with a name of the list count. */
function renamed(
  column: string,
  renames: readonly Rename[],
  where = ` where ${column} = any (LIST)`,
): string {
  const cases = renames.map(({ from, to }) => `when ${literal(from, 'text')} then ${literal(to, 'text')}`)
  const list = literal(
    renames.map(({ from }) => from),
    'text[]',
  )
  return `case ${column} ${cases.join(' ')} else ${column} end${where.replace('LIST', list)}`
}
