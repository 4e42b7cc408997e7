import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Decision } from '../machine/compiled-machine.ts'
import type { Circumstances } from './judge.ts'
import { Unreconstructed } from './archive.ts'
import { PastDecider, told } from './past-decider.ts'
import { define, PastRecords, personFields } from './past-records.ts'
import type { Position } from './past-values.ts'
import type { Replay, Run } from './replay.ts'

/** What the decisions of one moment see. */
export interface Scene extends Circumstances {
  readonly unit: UnitOfWork
  readonly past: PastRecords
}

/** Who did a step. */
export type Sender =
  | { readonly kind: 'process' }
  /** id: null where it is not recorded; mayBeSent: a process may have sent the event, under a role of its own. */
  | { readonly kind: 'person'; readonly id: string | null; readonly mayBeSent: boolean }

/** The record, the person and the clock as they were. */
export function sceneAt(
  { archive, version, published, unit, recorded }: Replay,
  { departures }: Pick<Run, 'departures'>,
  { position, sender }: { position: Position; sender: Sender },
): Scene {
  const { settings } = published
  const now = new Date(position.at)
  const recordsAt = (timeZone: string) =>
    new PastRecords({ archive, model: version.model, published, position, moment: { now, timeZone } })
  const user = userOf(sender, { past: recordsAt(settings.timeZone), version, published })
  const zone = told(() => (user as { time_zone: unknown }).time_zone)
  const timeZone = 'value' in zone && typeof zone.value === 'string' ? zone.value : settings.timeZone
  const past = recordsAt(timeZone)
  const record = past.record(version.process.object, recorded.record, { user, departures })
  const moment = { now, timeZone }
  return { unit: { ...unit, moment }, past, user, record, moment }
}

/** Decides in a scene, or says why the way cannot be told. */
export function decided(
  { version, archive }: Replay,
  { unit, past, user, record }: Scene,
  decide: (decider: PastDecider) => Decision,
): { readonly decider: PastDecider; readonly decision: Decision } | { readonly fault: string } {
  const decider = new PastDecider({ unit, process: version.process, past, user, record })
  try {
    const decision = decide(decider)
    if (decider.fault === undefined) return { decider, decision }
  } catch (error) {
    if (archive.isWaiting) throw error
    if (decider.fault === undefined) return { fault: `the process breaks off: ${(error as Error).message}` }
  }
  return { fault: decider.fault }
}

function userOf(
  sender: Sender,
  { past, version, published }: Pick<Replay, 'version' | 'published'> & { past: PastRecords },
): object {
  const { process } = version
  if (sender.kind === 'process')
    return {
      id: null,
      name: process.name,
      email: null,
      roles: process.runAs === undefined ? [] : [process.runAs],
      team: null,
      manager: null,
      locale: published.settings.locale,
      time_zone: published.settings.timeZone,
    }
  const user = sender.id === null ? {} : past.person(sender.id)
  const unknown = sender.id === null ? ['id', ...personFields] : sender.mayBeSent ? ['roles'] : []
  for (const name of unknown)
    define(user, name, () => {
      throw new Unreconstructed(
        sender.id === null
          ? 'it is not recorded who did this step'
          : 'it is not recorded whether a person or a process sent this event',
      )
    })
  return user
}
