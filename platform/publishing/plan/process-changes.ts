import type { Queryable } from '../../database/index.ts'
import type { Publication } from '../apply/publication.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { ReleaseModel } from '../../definitions/model/process-versions.ts'
import type { ProcessChange } from './plan.ts'
import { qualified } from './statements.ts'

/** Which processes come, change and go, and how many live instances sit in which states. */
export async function processChanges(
  sql: Queryable,
  { publication, before }: { publication: Publication; before: SchemaSpec['processes'] },
): Promise<ProcessChange[]> {
  const { schema, processes: after } = publication.spec
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const changes = [...names].flatMap((name): Omit<ProcessChange, 'instances'>[] => {
    if (before[name] === undefined) return [{ name, change: 'added' }]
    if (after[name] === undefined) return [{ name, change: 'removed' }]
    return before[name].hash === after[name].hash ? [] : [{ name, change: 'changed' }]
  })
  const affected = changes.filter(({ change }) => change !== 'added').map(({ name }) => name)
  const rows = affected.length === 0 ? [] : await liveInstances(sql, schema, affected)
  const releases = new Map(publication.definitions.map(({ name, release }) => [name, release]))
  return changes.map((change) => ({
    ...change,
    ...releaseOf(releases.get(change.name)),
    instances: rows
      .filter(({ process }) => process === change.name)
      .map(({ states, count }) => ({ states, count })),
  }))
}

function releaseOf(release: ReleaseModel | undefined): Pick<ProcessChange, 'release'> {
  return release === undefined ? {} : { release }
}

async function liveInstances(sql: Queryable, schema: string, names: readonly string[]) {
  return sql.unsafe<{ process: string; states: string; count: number }[]>(
    `select process, array_to_string(states, ', ') as states, count(*)::int as count ` +
      `from ${qualified(schema, '_instance')} where process = any ($1) and ended_at is null group by 1, 2 order by 1, 2`,
    [names as string[]],
  )
}
