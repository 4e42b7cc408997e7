import type { JsonSchema } from '../field-types/field-type.ts'

/** Kinds of personal data, for reports to the person and for the records of processing. */
export const personalCategories = [
  'identity',
  'contact',
  'location',
  'work',
  'financial',
  'sensitive',
  'other',
] as const

/** The option of a field. */
export const personalProperty: JsonSchema = {
  enum: [true, ...personalCategories],
  description:
    'The value says something about a person: it is named in reports about that person and blanked when the person’s ' +
    'data are erased. Of what kind it is (true: other). On a reference: the record is about that person, and its ' +
    'personal fields are erased with those of the person.',
}
