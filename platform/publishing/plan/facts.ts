import type { FieldSpec, ObjectSpec } from '../spec/schema-spec.ts'

/** What a plan has to know about the database beside the specs. */
export interface Facts {
  /** The number that the version being planned will bear. */
  readonly version: number
  /** Present names of the tables that hold rows. */
  readonly populated: ReadonlySet<string>
  /** What waits to be restored, the latest first. */
  readonly retired: readonly RetiredEntry[]
}

/** Something that an earlier version took away: kept under other names, with what it was. */
export type RetiredEntry = RetiredField | RetiredObject

interface RetiredBase {
  readonly id: number
  readonly object: string
  readonly version: number
  /** Names before -> names now, of tables, columns and constraints. */
  readonly names: Readonly<Record<string, string>>
}

export interface RetiredField extends RetiredBase {
  readonly kind: 'field'
  readonly field: string
  readonly spec: FieldSpec
}

export interface RetiredObject extends RetiredBase {
  readonly kind: 'object'
  readonly spec: ObjectSpec
}
