import { expressionTypes as t } from '../expression-types.ts'
import { boundedInteger, type Sql, text } from '../sql/fragment.ts'
import type { Integer } from '../values/integer.ts'
import {
  lowerCasePairs,
  sliceCodePoints,
  toLowerCase,
  toUpperCase,
  trimText,
  upperCasePairs,
  whiteSpace,
} from '../values/text.ts'
import { type LanguageFunction, type Overload, overload } from './define.ts'
import { matchesPattern, patternFault, translatePattern } from './patterns.ts'

/** Functions on text. Lengths and positions count code points. */
export const textFunctions: readonly LanguageFunction[] = [
  {
    name: 'contains',
    description: 'Whether the text holds the other text.',
    overloads: [
      question(
        (a, b) => a.includes(b),
        (a, b) => `(strpos(${a}, ${b}) > 0)`,
      ),
    ],
  },
  {
    name: 'startsWith',
    description: 'Whether the text begins with the other text.',
    overloads: [
      question(
        (a, b) => a.startsWith(b),
        (a, b) => `starts_with(${a}, ${b})`,
      ),
    ],
  },
  {
    name: 'endsWith',
    description: 'Whether the text ends with the other text.',
    overloads: [
      question(
        (a, b) => a.endsWith(b),
        (a, b) => `(right(${a}, char_length(${b})) = ${b})`,
      ),
    ],
  },
  {
    name: 'matches',
    description: 'Whether some part of the text matches the RE2 pattern; ^ and $ bind it to the whole.',
    overloads: [
      {
        ...overload([[t.string, t.string], t.bool], matchesPattern, ([value], tools) => {
          const pattern = tools.constant(1)
          if (pattern === null) return { sql: 'false' }
          const translated = typeof pattern === 'string' ? translatePattern(pattern) : undefined
          if (translated === undefined) {
            tools.refuse(
              'matches() has no exact counterpart in SQL for this pattern; use contains() or startsWith()',
            )
          }
          return { sql: `(${value!.sql} ~ ${tools.param(translated, 'text')} COLLATE "C")`, isLoose: true }
        }),
        blank: 'false',
        refuseConstants: ([, pattern]) => (typeof pattern === 'string' ? patternFault(pattern) : undefined),
      },
    ],
  },
  {
    name: 'lower',
    description: 'The text in small letters (Latin, Greek, Cyrillic, full-width Latin).',
    overloads: [change(toLowerCase, (a) => translate(a, lowerCasePairs))],
  },
  {
    name: 'upper',
    description: 'The text in capital letters (Latin, Greek, Cyrillic, full-width Latin).',
    overloads: [change(toUpperCase, (a) => translate(a, upperCasePairs))],
  },
  {
    name: 'trim',
    description: 'The text without white space at its ends.',
    overloads: [change(trimText, (a) => `btrim(${a}, ${constantText(whiteSpace)})`)],
  },
  {
    name: 'replace',
    description: 'The text with every occurrence of the second text replaced by the third (blank: removed).',
    overloads: [
      overload(
        [[t.string, t.string, t.string], t.string],
        (value: string | null, from: string | null, to: string | null) =>
          value === null || from === null ? value : blankIfEmpty(value.replaceAll(from, () => to ?? '')),
        ([value, from, to]) =>
          text(`replace(${value!.sql}, coalesce(${from!.sql}, ''), coalesce(${to!.sql}, ''))`),
        { blank: 'own' },
      ),
    ],
  },
  {
    name: 'substring',
    description: 'The part from one position (the first is 0) up to, not including, another or the end.',
    overloads: [
      overload(
        [[t.string, t.int], t.string],
        (value: string, start: Integer) => blankIfEmpty(sliceCodePoints(value, Number(start), Infinity)),
        ([value, start]) => text(`substring(${value!.sql} from ${bounded(start!)} + 1)`),
      ),
      overload(
        [[t.string, t.int, t.int], t.string],
        (value: string, start: Integer, end: Integer) =>
          blankIfEmpty(sliceCodePoints(value, Number(start), Number(end))),
        ([value, start, end]) =>
          text(
            `CASE WHEN ${end!.sql} IS NOT NULL THEN substring(${value!.sql} from ${bounded(start!)} + 1 ` +
              `for greatest(${bounded(end!)} - ${bounded(start!)}, 0)) END`,
          ),
      ),
    ],
  },
  {
    name: 'concat',
    description: 'The texts joined; blanks are passed over.',
    overloads: [
      overload(
        [[t.string, t.string], t.string],
        (...values: unknown[]) => blankIfEmpty(values.slice(0, -1).join('')),
        (args) => text(args.map(({ sql }) => `coalesce(${sql}, '')`).join(' || ')),
        { rest: t.string, blank: 'own' },
      ),
    ],
  },
  {
    name: 'join',
    description: 'The texts of a list, joined with a text between them; blanks are passed over.',
    overloads: [
      overload(
        [[t.list(t.string), t.string], t.string],
        (list: (string | null)[] | null, separator: string | null) =>
          blankIfEmpty((list ?? []).filter((value) => value !== null).join(separator ?? '')),
        ([list, separator]) =>
          text(`array_to_string(array_remove(${list!.sql}, ''), coalesce(${separator!.sql}, ''))`),
        { blank: 'own' },
      ),
    ],
  },
]

function question(run: (a: string, b: string) => boolean, sql: (a: string, b: string) => string): Overload {
  return overload(
    [[t.string, t.string], t.bool],
    run,
    ([a, b]) => ({ sql: sql(a!.sql, b!.sql), isLoose: true }),
    { blank: 'false' },
  )
}

function change(run: (value: string) => string, sql: (value: string) => string): Overload {
  return overload(
    [[t.string], t.string],
    (value: string) => blankIfEmpty(run(value)),
    ([value]) => text(sql(value!.sql)),
  )
}

function translate(value: string, { from, to }: { readonly from: string; readonly to: string }): string {
  return `translate(${value}, ${constantText(from)}, ${constantText(to)})`
}

// Only for the tables of values/text.ts
function constantText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

function bounded(value: Sql): string {
  return boundedInteger(value, 0, 1_000_000_000)
}

function blankIfEmpty(value: string): string | null {
  return value === '' ? null : value
}
