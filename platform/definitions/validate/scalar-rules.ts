import type { JsonSchema } from '../field-types/field-type.ts'
import { show } from './show.ts'

type AddFault = (message: string, remedy?: string) => void

/** Checks the limits of a text or a number; other values have none. */
export function checkScalar(value: unknown, schema: JsonSchema, fault: AddFault): void {
  if (typeof value === 'string') checkText(value, schema, fault)
  if (typeof value === 'number') checkBounds(value, schema, fault)
}

function checkText(value: string, schema: JsonSchema, fault: AddFault): void {
  const {
    minLength = 0,
    maxLength = Infinity,
    pattern,
  } = schema as { minLength?: number; maxLength?: number; pattern?: string }
  const length = value.length < minLength || value.length > maxLength ? [...value].length : value.length
  if (length < minLength)
    fault(value === '' ? 'The text is empty.' : `The text has fewer than ${minLength} characters.`)
  if (length > maxLength) fault(`The text has ${length} characters; at most ${maxLength} are allowed.`)
  if (typeof pattern === 'string' && !matches(value, pattern))
    fault(
      `${show(value)} does not have the form that is needed here.`,
      typeof schema.description === 'string' ? schema.description : `It must match ${pattern}.`,
    )
}

function checkBounds(value: number, schema: JsonSchema, fault: AddFault): void {
  const { minimum = -Infinity, maximum = Infinity } = schema as { minimum?: number; maximum?: number }
  if (value < minimum) fault(`${value} is too small; at least ${minimum} is needed.`)
  if (value > maximum) fault(`${value} is too large; at most ${maximum} is allowed.`)
}

const patterns = new Map<string, RegExp>()

function matches(text: string, pattern: string): boolean {
  let regex = patterns.get(pattern)
  if (regex === undefined) patterns.set(pattern, (regex = new RegExp(pattern, 'u')))
  return regex.test(text)
}
