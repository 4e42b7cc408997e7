import { identifier } from '../../database/identifier.ts'
import type { Database } from '../../database/index.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { apiValue } from '../values.ts'
import { searchTokens } from './outgoing.ts'

const BATCH = 1_000

/**
 * Writes the searched words of all records of an object again, in batches, after other fields were declared to be
 * searched. Neither version nor history of a record is touched: nobody changed it.
 */
export async function fillSearch(
  { database, tenant }: { database: Database; tenant: string },
  object: ObjectModel,
): Promise<void> {
  const sql = await database.tenant(tenant)
  const table = identifier(object.name)
  const fields = object.searchFields.filter(({ columns }) => columns.length > 0)
  const columns = fields.flatMap((field) => field.columns.map(({ name }) => identifier(name)))
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await sql.unsafe<Record<string, unknown>[]>(
      `select ${['id', ...columns].join(', ')} from ${table} where id > $1::uuid order by id limit ${BATCH}`,
      [last],
    )
    if (rows.length === 0) return
    const words = rows.map((row) =>
      JSON.stringify(
        searchTokens(
          object,
          Object.fromEntries(
            fields.map((field) => [
              field.name,
              apiValue(
                field,
                field.columns.map(({ name }) => row[name]),
              ),
            ]),
          ),
        ),
      ),
    )
    await sql.unsafe(
      `update ${table} as target set _search = array_to_tsvector(array(select jsonb_array_elements_text(filled.words::jsonb))) ` +
        `from unnest($1::uuid[], $2::text[]) as filled (id, words) where target.id = filled.id`,
      [rows.map(({ id }) => id as string), words],
    )
    last = rows.at(-1)?.id as string
  }
}
