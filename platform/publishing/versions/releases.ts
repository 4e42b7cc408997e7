import type { Queryable } from '../../database/index.ts'
import type { ProcessModel } from '../../definitions/model/model.ts'
import { releaseBegins, type ReleaseModel } from '../../definitions/model/process-versions.ts'
import type { Publication } from '../apply/publication.ts'
import { qualified } from '../plan/statements.ts'

/** With which version of a process the records begin for which the published one is not meant. */
export interface RestVersion {
  readonly process: ProcessModel & { readonly release: ReleaseModel }
  readonly hash: string
}

/**
 * For each process that is not published for all, the version that was in force for all before it; none for one that
 * has no earlier version.
 */
export async function restVersions(
  sql: Queryable,
  { publication }: { publication: Publication },
): Promise<readonly RestVersion[]> {
  const released = publication.definitions.filter(isReleased)
  if (released.length === 0) return []
  const [{ table = null } = {}] = await sql.unsafe<{ table: string | null }[]>(
    'select to_regclass($1)::text as table',
    [releaseTable(publication)],
  )
  // Planning changes nothing, so it may meet a tenant whose tables are those of the platform's version before.
  if (table === null) return []
  const rows = await sql.unsafe<{ process: string; hash: string }[]>(
    `select process, case when for_all_from <= now() and definition <> all ($2) then definition else for_the_rest end as hash
     from ${releaseTable(publication)} where process = any ($1)`,
    [released.map(({ name }) => name), released.map(({ hash }) => hash)],
  )
  return released.flatMap((process) => {
    const row = rows.find((each) => each.process === process.name)
    return row === undefined ? [] : [{ process, hash: row.hash }]
  })
}

/** Notes with which versions records begin from now on. */
export async function storeReleases(
  sql: Queryable,
  { publication }: { publication: Publication },
): Promise<void> {
  const rest = await restVersions(sql, { publication })
  for (const process of publication.definitions)
    await sql.unsafe(
      `insert into ${releaseTable(publication)} (process, definition, for_the_rest, for_all_from) values ($1, $2, $3, $4)
       on conflict (process) do update
         set definition = excluded.definition, for_the_rest = excluded.for_the_rest, for_all_from = excluded.for_all_from`,
      [
        process.name,
        process.hash,
        rest.find((each) => each.process.name === process.name)?.hash ?? process.hash,
        forAllFrom(process, publication.spec.timeZone),
      ],
    )
  await sql.unsafe(`delete from ${releaseTable(publication)} where not process = any ($1)`, [
    publication.definitions.map(({ name }) => name),
  ])
}

/** When a version is for all that is held back by nothing but a moment. */
function forAllFrom({ release }: ProcessModel, timeZone: string): string | null {
  if (release?.from === undefined || release.share !== undefined || release.when !== undefined) return null
  const begins = releaseBegins(release.from, timeZone)
  return begins === null ? null : new Date(begins).toISOString()
}

function isReleased(process: ProcessModel): process is RestVersion['process'] {
  return process.release !== undefined
}

function releaseTable({ spec }: Publication): string {
  return qualified(spec.schema, '_process_release')
}
