import type { FieldModel } from '../../../definitions/model/model.ts'
import { choicesOf, convertChoice, convertChoices } from './choices.ts'
import { meaning, nothing, quoted, type Conversion, type Converter } from './conversion.ts'
import { convertDate, convertMoment } from './dates.ts'
import { convertNumber, convertPercent } from './numbers.ts'

/**
 * What the text of a cell means to a field, by its type. Texts are taken as they stand, and so is what a type of a
 * plugin gets; money, addresses by part and references need more than the text and are converted elsewhere.
 */
export function convertText(text: string, field: FieldModel, notation: Parameters<Converter>[2]): Conversion {
  const converter = converters[field.type.name]
  return converter === undefined ? meaning(text) : converter(text, field, notation)
}

const converters: Readonly<Record<string, Converter>> = {
  integer: (text, _, notation) => convertNumber(text, notation),
  rating: (text, _, notation) => convertNumber(text, notation),
  decimal: (text, _, notation) => convertNumber(text, notation),
  percent: (text, _, notation) => convertPercent(text, notation),
  boolean: convertBoolean,
  date: (text, _, notation) => convertDate(text, notation),
  datetime: (text, _, notation) => convertMoment(text, notation),
  choice: (text, field) => convertChoice(text, choicesOf(field)),
  state: (text, field) => convertChoice(text, choicesOf(field)),
  choices: (text, field) => convertChoices(text, choicesOf(field)),
  address: (text) => meaning({ street: text }),
  json: convertJson,
}

const yes = new Set(['true', 'yes', 'y', 't', '1', 'on', 'x', '是', '真', '有', '√', '✓'])
const no = new Set(['false', 'no', 'n', 'f', '0', 'off', '否', '假', '无', '×', '✗'])

function convertBoolean(text: string): Conversion {
  const word = text.normalize('NFKC').trim().toLowerCase()
  if (yes.has(word)) return meaning(true)
  if (no.has(word)) return meaning(false)
  return nothing('boolean', `${quoted(text)} is neither yes nor no (true, false, 1, 0, 是, 否)`)
}

function convertJson(text: string): Conversion {
  try {
    return meaning(JSON.parse(text))
  } catch {
    return nothing('json', `${quoted(text)} is not JSON`)
  }
}
