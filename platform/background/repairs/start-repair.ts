import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { audit } from '../../audit/index.ts'
import { selectInstances, type InstanceFilter, type OperatorAct } from '../../processes/index.ts'
import { readingWork, writingWork, type WorkOptions } from '../../records/index.ts'
import { queueRepair } from './run-repair.ts'

/** More than so many instances are repaired in several goes. */
export const mostInstances = 100_000

/**
 * Begins an act on many instances: notes which ones they are and where they stand now, and hands them to the worker.
 * @returns the id under which its progress is found, and how many instances there are
 * @throws TesseraError forbidden without the feature "operate", not_found where no instance fits, too_large for too many
 */
export async function startRepair(
  work: WorkOptions,
  { act, filter }: { act: OperatorAct; filter: InstanceFilter },
): Promise<{ id: string; total: number }> {
  const by = work.principal.userId
  if (by === undefined) throw new TesseraError('forbidden', 'A repair in bulk is begun by a person.')
  const found = await selectInstances(readingWork(work), { filter, most: mostInstances + 1 })
  if (found.length === 0) throw new TesseraError('not_found', 'There is no such instance now.')
  if (found.length > mostInstances)
    throw new TesseraError('too_large', `At most ${mostInstances} instances can be repaired at once.`)
  const id = uuidv7()
  await writingWork(work, async (unit) => {
    const { sql } = unit
    await sql.unsafe(
      `insert into _repair (id, act, status, total, by, started_at)
       values ($1::uuid, $2::jsonb, 'queued', $3::int, $4::uuid, $5::timestamptz)`,
      [id, act as never, found.length, by, work.now.toISOString()],
    )
    await sql.unsafe(
      `insert into _repair_item (repair, instance, step)
       select $1::uuid, i, s from unnest($2::uuid[], $3::int[]) as f(i, s)`,
      [id, found.map((each) => each.id), found.map(({ step }) => step)],
    )
    await queueRepair(sql, id)
    await audit(unit, {
      action: 'repair.started',
      detail: { repair: id, act: act.act, instances: found.length },
    })
  })
  return { id, total: found.length }
}
