import { asConsequence, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { clockById } from './clock-row.ts'
import { lookAtClocks } from './look.ts'

/**
 * Advances a clock whose time has come. Early, late or twice does no harm: what is due follows from the clock, which is
 * read under the lock of its record. The clocks of a deleted record rest until it is restored.
 */
export async function wakeClock(work: WorkOptions, id: string): Promise<void> {
  await writingWork(work, async (unit) => {
    const found = await clockById(unit, id)
    const object = unit.model.objects.get(found?.object ?? '')
    if (found?.wakeAt === null || found === undefined || object === undefined) return
    const record = await lockIfPresent(unit, object, found.record)
    await forgetWake(unit, id)
    if (record !== undefined) await lookAtClocks(asConsequence(unit), { object, record, isNew: false })
  })
}

/** Its job is the one that is under way; if there is a next one, looking at the clock sets it. */
async function forgetWake(unit: UnitOfWork, id: string): Promise<void> {
  await unit.sql.unsafe('update _clock set wake_at = null where id = $1::uuid', [id], { prepare: true })
}
