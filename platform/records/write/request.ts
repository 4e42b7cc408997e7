import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import type { WrittenLines } from './line-changes.ts'

/** How a write comes about; decides what may be written beyond a person's field rights. */
export interface WriteOptions {
  /**
   * person: field rights and read-only fields bind (the default). process: the process runtime, which alone may write
   * the state field and read-only fields. plugin: may write read-only fields.
   */
  readonly by?: 'person' | 'process' | 'plugin'
  /** The declared entry of the lifecycle through which an import places records in a state. */
  readonly entry?: string
  /** The record as it is, where this transaction has locked it and found that the principal may change it. */
  readonly prior?: RecordValues
  /** The row is written with the record that it belongs to, whose own write was allowed. */
  readonly isWithin?: boolean
  /** The id of the new record, where the caller knows it already. */
  readonly id?: string
}

/**
 * Writes the rows of lines fields; given to the writing of one row by those who know how, since rows are written by
 * the same path as their record. Gives what was written.
 */
export type LinesWriter = (
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    parent: string
    lines: ReadonlyMap<FieldModel, readonly RecordValues[]>
    isNew: boolean
    write: WriteOptions
  },
) => Promise<WrittenLines>
