import type { Queryable } from '../../database/index.ts'
import type { NamesSince } from '../../definitions/index.ts'
import type { Publication } from '../apply/publication.ts'
import { namesAfter } from '../versions/names-after.ts'
import { restVersions } from '../versions/releases.ts'
import type { Renames } from './renames.ts'
import { qualified } from './statements.ts'
import type { Step } from './step.ts'
import type { Refusal } from './step-collector.ts'

interface LiveDefinition {
  readonly hash: string
  readonly name: string
  readonly document: string
  readonly names: NamesSince
  readonly live: number
}

/**
 * Live instances stay on the version of the process that they began with. Where that one reads or sets what would be
 * gone, they could take no event any more: a step of its own says so and needs consent.
 */
export async function strandedInstances(
  sql: Queryable,
  { publication, renames }: { publication: Publication; renames: Renames },
): Promise<Step[]> {
  const { schema } = publication.spec
  // Planning changes nothing, so it may meet a tenant whose tables are those of the platform's version before.
  const definitions = await sql.unsafe<LiveDefinition[]>(
    `select d.hash, d.name, d.document, coalesce(to_jsonb(d) -> 'names', '{"objects": {}, "fields": {}}') as names, count(*)::int as live from ${qualified(schema, '_instance')} i ` +
      `join ${qualified(schema, '_process_definition')} d on d.hash = i.definition ` +
      'where i.ended_at is null and d.name = any ($1) and not d.hash = any ($2) group by d.hash order by d.name',
    [staying(publication).map(({ name }) => name), publication.definitions.map(({ hash }) => hash)],
  )
  return definitions.flatMap(({ name, document, names, live }) => {
    const faults = publication.faultsOfPinned(document, namesAfter(names, renames))
    if (faults.length === 0) return []
    const step: Step = {
      action: 'strand_process',
      class: 'destructive',
      phase: 'switch',
      subject: `process/${name}`,
      title: `Leave ${live} live instances on an earlier version of the process ${name} that no longer fits`,
      statements: [],
      lock: 'none',
      locked: [],
      isLong: false,
      valuesAtStake: live,
      loses: `They would take no events: ${faults.slice(0, 3).join(' ')}`,
    }
    return [step]
  })
}

/** Processes without a migration: it takes over all that lives on earlier versions, or the plan is refused. */
function staying({ definitions }: Publication): Publication['definitions'] {
  return definitions.filter(({ migration }) => migration === undefined)
}

/** Versions with which records would begin for which the published one is not meant, and which do not fit any more. */
export async function unfitRestVersions(
  sql: Queryable,
  { publication, renames }: { publication: Publication; renames: Renames },
): Promise<Refusal[]> {
  const { schema } = publication.spec
  const refusals: Refusal[] = []
  for (const { process, hash } of await restVersions(sql, { publication })) {
    const [definition] = await sql.unsafe<{ document: string; names: NamesSince }[]>(
      `select document, names from ${qualified(schema, '_process_definition')} where hash = $1`,
      [hash],
    )
    if (definition === undefined || hash === process.hash) continue
    const faults = publication.faultsOfPinned(definition.document, namesAfter(definition.names, renames))
    if (faults.length > 0)
      refusals.push({
        subject: `process/${process.name}`,
        message: `Records for which the release of ${process.name} is not meant could not begin: the version before no longer fits. ${faults.slice(0, 3).join(' ')}`,
        remedy: 'Keep what it needs, or publish the version for all, without "release".',
      })
  }
  return refusals
}
