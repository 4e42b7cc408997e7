import type { Queryable } from '../../database/index.ts'
import type { NamesSince } from '../../definitions/index.ts'
import type { Publication } from '../apply/publication.ts'
import { hasRenames, type Renames } from '../plan/renames.ts'
import { qualified } from '../plan/statements.ts'
import { namesAfter } from './names-after.ts'

/**
 * Keeps the processes that are published, by content hash, for the instances that begin with them; and what became of
 * the names in those of before, on which instances still live.
 */
export async function storeDefinitions(
  sql: Queryable,
  { publication, renames }: { publication: Publication; renames: Renames },
): Promise<void> {
  const table = qualified(publication.spec.schema, '_process_definition')
  if (hasRenames(renames)) {
    const stored = await sql.unsafe<{ hash: string; names: NamesSince }[]>(`select hash, names from ${table}`)
    for (const { hash, names } of stored)
      await sql.unsafe(`update ${table} set names = $2::jsonb where hash = $1`, [
        hash,
        namesAfter(names, renames) as never,
      ])
  }
  for (const { hash, name, text } of publication.definitions)
    await sql.unsafe(
      `insert into ${table} (hash, name, document) values ($1, $2, $3) ` +
        'on conflict (hash) do update set names = default',
      [hash, name, text],
    )
}
