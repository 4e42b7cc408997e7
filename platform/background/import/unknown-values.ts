import { readingWork, type WorkOptions } from '../../records/index.ts'
import { importStatus } from './progress.ts'
import type { UnknownValue } from './request.ts'

const mostShown = 200

/**
 * The texts that an import did not recognise as a choice or as the name of a record, with the number of rows that hold
 * them, most frequent first; at most 200. They are what `values` of the mapping can correct.
 * @throws TesseraError not_found as importStatus does
 */
export async function unknownValues(work: WorkOptions, id: string): Promise<readonly UnknownValue[]> {
  await importStatus(work, id)
  return (await readingWork(work).sql.unsafe(
    `select problem ->> 'column' as column, problem ->> 'field' as field,
       btrim(source ->> (problem ->> 'column')) as text, count(distinct line)::int as rows
     from _import_row, jsonb_array_elements(problems) as problem
     where import = $1::uuid and status in ('failed', 'warning')
       and problem ->> 'code' in ('choice', 'reference') and problem ? 'column'
     group by 1, 2, 3 order by rows desc, 1, 3 limit ${mostShown}`,
    [id],
    { prepare: true },
  )) as unknown as UnknownValue[]
}
