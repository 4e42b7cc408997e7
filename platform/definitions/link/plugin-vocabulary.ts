import type { FieldType } from '../field-types/field-type.ts'

/** What plugins add to the vocabulary. */
export interface PluginVocabulary {
  readonly fieldTypes?: readonly FieldType[]
  /** Names of process actions, such as `example.round_up`. */
  readonly actions?: readonly string[]
}
