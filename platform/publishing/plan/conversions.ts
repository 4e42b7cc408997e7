import { literal } from '../spec/literal.ts'
import type { ColumnSpec, FieldSpec } from '../spec/schema-spec.ts'

/** How the values of a field get from one declaration to another. */
export type Conversion =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'lossless'
      /** For each column whose type changes, by suffix: the SQL of the new value, given the quoted column. */
      readonly using: ReadonlyMap<string, (column: string) => string>
      /** Whether PostgreSQL writes the whole table anew. */
      readonly isRewrite: boolean
      /** Finds values that would not fit; none may be there. */
      readonly misfit?: Misfit
    }
  | { readonly kind: 'refused'; readonly reason: string }

export interface Misfit {
  /** Condition on a row, given the quoted column. */
  readonly condition: (column: string) => string
  readonly message: string
}

/**
 * Decides whether a stored field can become another without losing a value. The pairs:
 * the same storage under another name (email -> text, address -> json, user <-> reference); short text <- long
 * text and any text -> choice or state where every value fits; integer and rating -> integer, decimal, percent;
 * decimal and percent of any scale, money of any scale, where every value fits; date -> datetime (midnight in the
 * tenant's zone); choice -> choices; integer, rating, decimal, percent, date, boolean -> text.
 */
export function convert(from: FieldSpec, to: FieldSpec, timeZone: string): Conversion {
  const [source] = from.columns
  const [wanted] = to.columns
  if (source === undefined || wanted === undefined || from.columns.length !== to.columns.length)
    return { kind: 'refused', reason: `${from.type} and ${to.type} are kept in different ways` }
  if (source.type === wanted.type) return sameType(from, to)
  const numeric = intoNumber({ from, to, source, wanted })
  if (numeric !== undefined) return numeric
  const cast = castings[`${from.type} -> ${to.type}`] ?? castingWithin(from, to, wanted)
  if (cast !== undefined) {
    const using = new Map([[source.suffix, (column: string) => cast(column, timeZone)]])
    return { kind: 'lossless', using, isRewrite: true }
  }
  return { kind: 'refused', reason: `not every ${from.type} is a ${to.type}` }
}

const castings: Readonly<Record<string, (column: string, timeZone: string) => string>> = {
  'date -> datetime': (column, timeZone) =>
    `(${column}::timestamp at time zone ${literal(timeZone, 'text')})`,
  'choice -> choices': (column) => `case when ${column} is null then null else array[${column}] end`,
  'boolean -> text': (column) => `${column}::text`,
  'integer -> text': (column) => `${column}::text`,
  'rating -> text': (column) => `${column}::text`,
  'date -> text': (column) => `to_char(${column}, 'FMYYYY-MM-DD')`,
  'decimal -> text': (column) => `trim_scale(${column})::text`,
  'percent -> text': (column) => `trim_scale(${column})::text`,
}

/** The same kind of field whose column is of another type: the platform keeps it differently now, or is repairing. */
function castingWithin(from: FieldSpec, to: FieldSpec, { type }: ColumnSpec) {
  return from.type === to.type ? (column: string) => `${column}::${type}` : undefined
}

/** Formats that a plain text need not have. */
const formatted: ReadonlySet<string> = new Set(['email', 'phone', 'url'])
/** What is written as text by people. */
const plainTexts: ReadonlySet<string> = new Set(['text', 'long_text'])

function sameType(from: FieldSpec, to: FieldSpec): Conversion {
  if (from.type !== to.type && formatted.has(to.type))
    return { kind: 'refused', reason: `not every ${from.type} has the form of ${article(to.type)}` }
  if (from.type !== to.type && to.type === 'sequence')
    return { kind: 'refused', reason: 'the values of a sequence field are drawn, never written' }
  if (from.type === 'json' && to.type !== 'json')
    return { kind: 'refused', reason: `not every JSON value is ${article(to.type)}` }
  const misfit = choiceMisfit(from, to) ?? lengthMisfit(from, to)
  if (misfit === undefined) return { kind: 'same' }
  return { kind: 'lossless', using: new Map(), isRewrite: false, misfit }
}

function choiceMisfit(from: FieldSpec, to: FieldSpec): Misfit | undefined {
  if (to.values === undefined || from.type === to.type) return undefined
  const values = literal(to.values, 'text[]')
  return {
    condition: (column) => `${column} is not null and not ${column} = any (${values})`,
    message: `are not among the choices of ${to.name}`,
  }
}

function lengthMisfit(from: FieldSpec, to: FieldSpec): Misfit | undefined {
  if (from.type === to.type || !plainTexts.has(to.type)) return undefined
  const longest = to.maxLength ?? (to.type === 'text' ? 255 : undefined)
  if (longest === undefined) return undefined
  return {
    condition: (column) => `char_length(${column}) > ${longest}`,
    message: `are longer than ${longest} characters`,
  }
}

/** What may become a number of which type. */
const numberSources: Readonly<Record<string, ReadonlySet<string>>> = {
  integer: new Set(['integer', 'rating']),
  decimal: new Set(['integer', 'rating', 'decimal', 'percent']),
  percent: new Set(['integer', 'rating', 'decimal', 'percent']),
  money: new Set(['money']),
}

function intoNumber({
  from,
  to,
  source,
  wanted,
}: {
  from: FieldSpec
  to: FieldSpec
  source: ColumnSpec
  wanted: ColumnSpec
}): Conversion | undefined {
  if (!numberSources[to.type]?.has(from.type)) return undefined
  const using = new Map([[source.suffix, (column: string) => `${column}::${wanted.type}`]])
  const limits = /^numeric\((\d+),(\d+)\)$/.exec(wanted.type)
  if (limits === null)
    return { kind: 'lossless', using, isRewrite: wanted.type !== 'numeric' || source.type === 'bigint' }
  const scale = Number(limits[2])
  const digits = Number(limits[1]) - scale
  return {
    kind: 'lossless',
    using,
    isRewrite: true,
    misfit: {
      condition: (column) =>
        `(abs(${column}) >= 1e${digits} or ${column}::numeric <> round(${column}::numeric, ${scale}))`,
      message: `do not fit ${digits} digits before and ${scale} after the point`,
    },
  }
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}
