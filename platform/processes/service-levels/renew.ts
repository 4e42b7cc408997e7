import {
  asConsequence,
  readingWork,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/unit-of-work.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { lookAtClocks } from './look.ts'

const batch = 200

interface Place {
  readonly object: string
  readonly record: string
}

/**
 * Reckons the running clocks anew whose service level, or a calendar of it, has changed since; each record in a
 * transaction of its own, so that nobody waits long. A second run does what is left.
 */
export async function renewClocks(work: WorkOptions): Promise<void> {
  let last: Place = { object: '', record: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const places = await outdated(readingWork(work), last)
    for (const { object: name, record: id } of places)
      await writingWork(work, async (unit) => {
        const object = unit.model.objects.get(name)
        const record = object && (await lockIfPresent(unit, object, id))
        if (object !== undefined && record !== undefined)
          await lookAtClocks(asConsequence(unit), { object, record, isNew: false })
      })
    const end = places.at(-1)
    if (end === undefined || places.length < batch) return
    last = end
  }
}

async function outdated(unit: UnitOfWork, last: Place): Promise<readonly Place[]> {
  const levels = [...unit.model.serviceLevels.values()].flat()
  return (await unit.sql.unsafe(
    `select distinct c.object, c.record from _clock c
     where c.status in ('running', 'paused') and (c.object, c.record) > ($1::text, $2::uuid) and not exists (
       select 1 from unnest($3::text[], $4::text[]) as known(name, hash)
       where known.name = c.service_level and known.hash = c.definition)
     order by c.object, c.record limit ${batch}`,
    [last.object, last.record, levels.map(({ name }) => name), levels.map(({ hash }) => hash)],
    { prepare: true },
  )) as unknown as Place[]
}
