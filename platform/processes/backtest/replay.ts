import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Archive } from './archive.ts'
import type { WorkOfReplay } from './asked-work.ts'
import type { PendingTimers } from './pending-timers.ts'
import type { StepPlace } from './positions.ts'
import type { RecordedCase, RecordedStep, RecordHistory } from './recorded.ts'

/** One version of a process, with the Model that it is linked against. */
export interface Version {
  readonly process: ProcessModel
  readonly model: Model
}

export interface Replay {
  readonly recorded: RecordedCase
  readonly history: RecordHistory
  readonly archive: Archive
  /** The Model under which the records are stored. */
  readonly published: Model
  readonly version: Version
  /** The version that ran, where it can still be linked. */
  readonly ran: Version | undefined
  /** Events that processes send: of these it is not recorded who sent them. */
  readonly sentEvents: ReadonlySet<string>
  /** Until when timers may fire after the last step. */
  readonly until: number
  /** Work of the Model of the version; its clock is set for each step. */
  readonly unit: UnitOfWork
  /** Follows the recorded events alone: no timers of its own, nobody's permission asked. */
  readonly isControl: boolean
}

/** The state of a replay between two steps. */
export interface Run {
  snapshot: unknown
  states: readonly string[]
  readonly timers: PendingTimers
  readonly work: WorkOfReplay
  readonly departures: Map<string, string>
}

/** A recorded step, and where it stands in the history. */
export interface At {
  readonly step: RecordedStep
  readonly place: StepPlace
}
