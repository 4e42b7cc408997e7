import type { ChoiceModel, FieldModel, LocalText } from '../../../definitions/model/model.ts'
import { meaning, nothing, quoted, type Conversion } from './conversion.ts'

/** What a choice is recognised by: its value, then its label in any language; case and outer spaces do not count. */
export interface NamedChoice {
  readonly value: string
  readonly label: LocalText
}

export function choicesOf(field: FieldModel): readonly NamedChoice[] {
  return [...(field.choices?.values() ?? [])].map(({ value, label }: ChoiceModel) => ({ value, label }))
}

/** One choice by its value or by a label of it. */
export function convertChoice(text: string, choices: readonly NamedChoice[]): Conversion {
  const wanted = folded(text)
  const exact = choices.filter(({ value }) => value === text.trim())
  const byValue = exact.length > 0 ? exact : choices.filter(({ value }) => folded(value) === wanted)
  const found =
    byValue.length > 0
      ? byValue
      : choices.filter(({ label }) => labels(label).some((each) => folded(each) === wanted))
  if (found.length === 1) return meaning(found[0]?.value)
  if (found.length > 1)
    return nothing(
      'choice',
      `${quoted(text)} is the label of several choices: ${found.map(({ value }) => value).join(', ')}; write the value`,
    )
  const known = choices.slice(0, 20).map(({ value }) => value)
  return nothing(
    'choice',
    `${quoted(text)} is not one of the choices: ${known.join(', ')}${choices.length > 20 ? ' …' : ''}`,
  )
}

/** Several choices, with `;`, `|`, a comma or 、 between them. */
export function convertChoices(text: string, choices: readonly NamedChoice[]): Conversion {
  const whole = convertChoice(text, choices)
  if ('value' in whole) return meaning([whole.value])
  const values: unknown[] = []
  for (const part of listParts(text)) {
    const one = convertChoice(part, choices)
    if ('fault' in one) return one
    values.push(one.value)
  }
  return meaning(values)
}

/** The parts of a cell that holds a list; a semicolon or bar wins over commas, which may belong to a part. */
export function listParts(text: string): readonly string[] {
  const separator = /[;；|\n]/.test(text) ? /[;；|\n]/ : /[,，、]/
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

export function labels(label: LocalText): readonly string[] {
  return typeof label === 'string' ? [label] : Object.values(label)
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
