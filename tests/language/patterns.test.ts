import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, type Expression } from '../../platform/language/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { scope } from './random-records.ts'

const { platform: sql } = await freshDatabase()

const moment = { now: new Date('2026-11-22T00:00:00Z'), timeZone: 'UTC' }
const letters = [
  'a',
  'b',
  'B',
  'z',
  '0',
  '9',
  ' ',
  '-',
  '_',
  '.',
  '客',
  '户',
  '😀',
  'é',
  '\n',
  '/',
  '"',
  "'",
  '^',
  '$',
]

const classItems = fc.constantFrom(
  'a',
  'b-y',
  'A-Z',
  '0-9',
  '客',
  '一-龥',
  ' ',
  '_',
  '.',
  '+',
  '*',
  '(',
  ')',
  '/',
)
const classes = fc
  .tuple(fc.constantFrom('', '^'), fc.array(classItems, { minLength: 1, maxLength: 3 }))
  .map(([negation, items]) => `[${negation}${items.join('')}]`)
const atoms = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'z',
    '0',
    '客',
    '😀',
    'é',
    ' ',
    '-',
    '_',
    '.',
    '\\.',
    '\\d',
    '\\w',
    '\\s',
    '\\$',
    '\\^',
    '/',
  ),
  classes,
)
const quantifiers = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,3}')
const patterns = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(
      fc.tuple(atoms, quantifiers).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 5 },
    ),
    fc.constantFrom('', '$'),
  )
  .map(([start, middle, end]) => start + middle.join('') + end)
const texts = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))

describe('a pattern that is compiled to SQL', () => {
  it('matches the same texts as RE2', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(patterns, { minLength: 60, maxLength: 60 }),
        fc.array(texts, { minLength: 20, maxLength: 20 }),
        async (some, values) => {
          const compiled = some.map(compiledOf).filter(({ sqlObstacle }) => sqlObstacle === undefined)
          compared += compiled.length * values.length
          const answers = await answersOf(compiled, values)
          for (const [index, expression] of compiled.entries()) {
            const here = values.filter((title) => expression.evaluate({ record: { title } }, moment))
            const there = values.filter((_, at) => answers[at]![`e${index}`])
            expect({ text: expression.text, matched: there }).toEqual({
              text: expression.text,
              matched: here,
            })
          }
        },
      ),
      { numRuns: 5, endOnFailure: true },
    )
    expect(compared).toBeGreaterThan(2_000)
  })

  it.each(['(a|b)', 'a(?i)b', 'a\\b', '\\pL', '[[:alpha:]]', 'a+?', '(a+)+$', '[a\\d]', 'x{2000}'])(
    'is refused where the engines might differ: %s',
    (pattern) => {
      const result = compileExpression({ text: `record.title.matches(${JSON.stringify(pattern)})`, scope })
      if ('expression' in result) expect(result.expression.sqlObstacle).toBeDefined()
      else expect(result.faults).toHaveLength(1)
    },
  )
})

function compiledOf(pattern: string): Expression {
  const result = compileExpression({ text: `record.title.matches(${JSON.stringify(pattern)})`, scope })
  if ('faults' in result) throw new Error(`${pattern}: ${JSON.stringify(result.faults)}`)
  return result.expression
}

async function answersOf(
  compiled: readonly Expression[],
  values: readonly string[],
): Promise<Record<string, boolean>[]> {
  const params: unknown[] = [values]
  const binding = {
    column: () => ({ sql: 'n.title' }),
    param: (value: unknown, pgType: string) => `$${params.push(value)}::${pgType}`,
  }
  const outputs = compiled.map((expression, index) => `${expression.toSql(binding, moment).sql} AS e${index}`)
  const text = `SELECT ${outputs.join(', ')} FROM unnest($1::text[]) WITH ORDINALITY AS n(title, at) ORDER BY n.at`
  return sql.unsafe(text, params as never[])
}
