import type { FieldModel } from '../../../definitions/model/model.ts'

/** What a text of a file means to a field: a value in API form, or why it means nothing. */
export type Conversion =
  { readonly value: unknown } | { readonly fault: { readonly code: string; readonly message: string } }

/** The way in which a column writes its values: declared with the import, else found in the whole column. */
export interface Notation {
  readonly decimal: '.' | ','
  /** The order of year, month and day where the text itself does not show it; undefined where nothing tells. */
  readonly date: 'ymd' | 'dmy' | 'mdy' | undefined
  /** IANA zone of moments that are written without one. */
  readonly timeZone: string
}

/** Reads the texts of one kind of field. The text is not blank. */
export type Converter = (text: string, field: FieldModel, notation: Notation) => Conversion

export function meaning(value: unknown): Conversion {
  return { value }
}

export function nothing(code: string, message: string): Conversion {
  return { fault: { code, message } }
}

/** A text in a message, short enough to read. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}
