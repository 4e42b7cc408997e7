import { listRecords, type UnitOfWork } from '../../../../records/index.ts'

/** The names of people by id, as far as the reader may see them; a page of them at most. */
export async function namesOf(
  unit: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const list = [...new Set(ids)].map((id) => JSON.stringify(id)).join(', ')
  const { rows } = await listRecords(unit, {
    object: 'user',
    fields: ['name'],
    filter: `record.id in [${list}]`,
    limit: 500,
  })
  return new Map(rows.map(({ id, name }) => [id as string, String(name ?? '')]))
}
