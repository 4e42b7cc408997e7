import type { ObjectModel } from '../definitions/model/model.ts'
import type { RecordValues } from './values.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** What a write sees before it is checked: hooks may return other values. */
export interface BeforeWrite {
  readonly action: 'create' | 'update'
  readonly object: ObjectModel
  readonly id: string
  /** The prior record; undefined on create. */
  readonly before: RecordValues | undefined
  /** The values that will be written, checked by type. */
  readonly values: RecordValues
}

/**
 * Where the write path calls upwards. The floors above fill it in at start; the write path knows neither plugins
 * nor processes.
 */
export interface RecordPorts {
  /** Hooks of plugins: may change values (checked again) or refuse by throwing a TesseraError. */
  beforeWrite?(unit: UnitOfWork, write: BeforeWrite): Promise<RecordValues>
  /** The process that governs an object: the state in which a new record begins. */
  readonly lifecycle?: LifecyclePort
}

export interface LifecyclePort {
  /**
   * The state of a new record and what is to be written after it; `entry` names a declared entry through which
   * `state` was asked for. Refuses with a TesseraError.
   */
  begin(
    unit: UnitOfWork,
    start: { object: ObjectModel; state: string | undefined; entry: string | undefined },
  ): {
    readonly state: string
    /** Sets of the initial entry actions on the own record, and everything else that the start brings. */
    after(unit: UnitOfWork, record: RecordValues): Promise<boolean>
  }
  /** The events that are possible now, named in the refusal of a direct change of state. */
  possibleEvents(unit: UnitOfWork, object: ObjectModel, record: RecordValues): Promise<readonly string[]>
}
