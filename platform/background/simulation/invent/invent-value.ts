import type { FieldModel, LocalText } from '../../../definitions/model/model.ts'
import { calendarDay } from '../../recipes/calendar-day.ts'
import type { Random } from '../../recipes/random.ts'

/** What an invented value follows from. */
export interface Invention {
  readonly random: Random
  /** The moment of the step. */
  readonly at: Date
  /** A number that no other value bears, so that texts are unlike each other. */
  readonly mark: number
  /** With what the process compares the field, as written. */
  readonly literals: readonly string[]
}

/**
 * A value for a field by its type, within its declared bounds; undefined for types that refer to records, that nobody
 * fills in, or that no guess fits. Where the process compares the field with something, the value often lies there.
 */
export function inventValue(field: FieldModel, invention: Invention): unknown {
  const guesses = [
    ...(invention.random.next() < 0.6 ? compared(field, invention) : []),
    ...(byType[field.type.name]?.(field, invention) ?? byKind(field, invention)),
  ]
  for (const guess of guesses) {
    const checked = field.type.check(guess, field.context)
    if (checked.ok) return guess
  }
  return undefined
}

type Guesser = (field: FieldModel, invention: Invention) => readonly unknown[]

/** Guesses by field type; those of plugins are guessed by what their values are in expressions. */
const byType: Readonly<Record<string, Guesser>> = {
  text: texts,
  long_text: texts,
  email: (_, { mark }) => [`person.${mark}@example.com`],
  phone: (_, { mark }) => [`+1 202 555 ${String(mark % 10_000).padStart(4, '0')}`],
  url: (_, { mark }) => [`https://example.com/${mark}`],
  integer: (field, invention) => [amount(field, invention, 0)],
  decimal: (field, invention) => [String(amount(field, invention, scaleOf(field, 2)))],
  percent: (field, { random }) => [String(random.between(boundsOf(field, [0, 100])))],
  money: (field, invention) => [money(field, amount(field, invention, Math.min(2, scaleOf(field, 4))))],
  rating: ({ context }, { random }) => [random.between([1, Number(context.declaration.maximum ?? 5)])],
  boolean: (_, { random }) => [random.next() < 0.5],
  date: (_, { at, random }) => [calendarDay(at, Math.round(daysAhead(random)))],
  datetime: (_, { at, random }) => [
    new Date(at.getTime() + Math.round(daysAhead(random) * 24) * 3_600_000).toISOString(),
  ],
  choice: (field, { random }) => [random.pick(choicesOf(field))],
  choices: (field, { random }) => [choicesOf(field).filter(() => random.next() < 0.5)],
  address: (_, { mark }) => [{ street: `${mark} Main Street`, city: 'Springfield', country: 'US' }],
  json: (_, { mark }) => [{ number: mark }],
  id: none,
  state: none,
  sequence: none,
  formula: none,
  rollup: none,
  reference: none,
  references: none,
  lines: none,
  user: none,
}

function none(): readonly unknown[] {
  return []
}

function byKind(field: FieldModel, invention: Invention): readonly unknown[] {
  const { kind } = field.expressionType
  const like = { int: 'integer', string: 'text', bool: 'boolean' }[kind as string] ?? kind
  return [...(byType[like]?.(field, invention) ?? []), invention.mark, String(invention.mark)]
}

/** Just below, at and above a number; a text as it is. */
function compared(field: FieldModel, { literals, random }: Invention): readonly unknown[] {
  if (literals.length === 0) return []
  const literal = random.pick(literals)
  const number = Number(literal)
  if (Number.isNaN(number)) return [literal]
  const near = number + random.pick([-1, 0, 1])
  return [near, String(near), money(field, near), literal]
}

/** A text in the length that is asked for, the more telling the more room there is. */
function texts({ label, context: { declaration } }: FieldModel, { mark }: Invention): readonly unknown[] {
  const least = Number(declaration.min_length ?? 0)
  const most = Number(declaration.max_length ?? 255)
  return [`${english(label)} ${mark}`, String(mark), `A${mark}`, 'A', 'a', '1'].map((text) =>
    text.padEnd(least, text.at(-1)).slice(-most),
  )
}

function english(label: LocalText): string {
  return typeof label === 'string' ? label : (label.en ?? Object.values(label)[0] ?? '')
}

function money({ context }: FieldModel, value: number): unknown {
  return { amount: String(value), currency: context.declaration.currency ?? context.defaultCurrency }
}

/** As often between 1 and 10 as between 10 and 100, and so on up to a million, where no bounds are declared. */
function amount(field: FieldModel, { random }: Invention, scale: number): number {
  const { minimum, maximum } = field.context.declaration
  const step = 10 ** -scale
  if (minimum !== undefined && maximum !== undefined)
    return random.between([Number(minimum), Number(maximum)], step)
  const size = Math.round(10 ** (random.next() * 6))
  if (maximum !== undefined) return Math.min(Number(maximum), Number(maximum) - size + 1)
  return Number(minimum ?? 0) + size
}

/** From a day to a year, as often soon as late. */
function daysAhead(random: Random): number {
  return 10 ** (random.next() * 2.5)
}

function boundsOf({ context }: FieldModel, [least, greatest]: readonly [number, number]): [number, number] {
  const { minimum, maximum } = context.declaration
  return [Number(minimum ?? least), Number(maximum ?? greatest)]
}

function scaleOf({ context }: FieldModel, usual: number): number {
  return Number(context.declaration.scale ?? usual)
}

function choicesOf({ choices }: FieldModel): readonly string[] {
  return [...(choices?.values() ?? [])].filter(({ isRetired }) => !isRetired).map(({ value }) => value)
}
