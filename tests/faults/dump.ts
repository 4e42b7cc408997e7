import type { Sql } from '../../platform/database/sql.ts'

/** Every row of the tenant's tables and every background job, as JSON, by table. */
export type Dump = ReadonlyMap<string, readonly string[]>

export async function dumpOf(platform: Sql, schema: string): Promise<Dump> {
  const tables = await platform<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = ${schema} and table_type = 'BASE TABLE' order by 1`
  const places = [...tables.map(({ name }) => `"${schema}"."${name}"`), 'graphile_worker._private_jobs']
  const rows = await platform.unsafe<{ place: string; row: string }[]>(
    places
      .map((place, at) => `select ${at} as at, '${place}' as place, to_jsonb(t)::text as row from ${place} t`)
      .join(' union all ') + ' order by 1, 3',
  )
  const dump = new Map<string, string[]>(places.map((place) => [place, []]))
  for (const { place, row } of rows) dump.get(place)?.push(row)
  return dump
}

/** What was written between two dumps, by table, with ids, numbers given by the database and moments made alike. */
export function writtenBetween(before: Dump, after: Dump): Record<string, readonly string[]> {
  const written = [...after].map(([place, rows]) => {
    const known = new Set(before.get(place))
    return [
      place,
      rows
        .filter((row) => !known.has(row))
        .map(alike)
        .toSorted(),
    ] as const
  })
  return Object.fromEntries(written.filter(([, rows]) => rows.length > 0))
}

function alike(row: string): string {
  return (
    row
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.+]+Z?/g, 'moment')
      .replaceAll(/"(id|job_queue_id)": \d+/g, '"$1": 0')
      // Of what goes outside, the order in which it was written.
      .replace(/"number": \d+(?=.*"idempotency_key")/, '"number": 0')
  )
}
