import type { ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import type { Facts } from './facts.ts'
import type { FieldChange } from './field-changes.ts'
import type { StepCollector } from './step-collector.ts'

/** What all parts of one comparison share. */
export interface Planning {
  readonly schema: string
  readonly desired: SchemaSpec
  readonly facts: Facts
  readonly steps: StepCollector
  /** `object.field` of everything whose name and values stay as they are: may be read before the switch. */
  readonly steady: ReadonlySet<string>
  /** The name that the table of an object bears before the switch; undefined where there is none. */
  present(object: string | undefined): string | undefined
}

/** A table that stays, with what becomes of it. */
export interface TableChange {
  readonly before: ObjectSpec
  readonly after: ObjectSpec
  /** Name of the table before the switch. */
  readonly presentTable: string
  readonly isPopulated: boolean
  readonly isRestored: boolean
  readonly changes: readonly FieldChange[]
}
