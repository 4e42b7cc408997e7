import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileExpression,
  type Expression,
  type Moment,
  momentValue,
} from '../../platform/language/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { canonicalSql, canonicalValue } from './canonical.ts'
import { expressions } from './random-expressions.ts'
import { asRow, asVariable, columnName, columns, records, scope } from './random-records.ts'

const { platform: sql } = await freshDatabase()

const expressionsPerRun = 40
const recordsPerRun = 12
const runs = Number(process.env.TESSERA_PROPERTY_RUNS ?? 12)

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
]
const moments: fc.Arbitrary<Moment> = fc.record({
  now: fc.date({ min: new Date('1971-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }),
  timeZone: fc.constantFrom(...zones),
})

interface Row {
  readonly now: Record<string, unknown>
  readonly before: Record<string, unknown>
}

describe('an expression in JavaScript and in PostgreSQL', () => {
  it(
    `has the same value, on ${runs * expressionsPerRun * recordsPerRun} random pairs`,
    { timeout: 3_600_000 },
    async () => {
      const counts = { pairs: 0, blanks: 0, obstacles: 0 }
      await fc.assert(
        fc.asyncProperty(
          fc.array(expressions, { minLength: expressionsPerRun, maxLength: expressionsPerRun }),
          fc.array(fc.record({ now: records, before: records }), {
            minLength: recordsPerRun,
            maxLength: recordsPerRun,
          }),
          moments,
          async (texts, rows, moment) => {
            const compiled = texts.map(compiledOf)
            const inSql = compiled.filter(({ sqlObstacle }) => sqlObstacle === undefined)
            counts.obstacles += compiled.length - inSql.length
            counts.pairs += inSql.length * rows.length
            counts.blanks += await compare(inSql, rows, moment)
          },
        ),
        { numRuns: runs, endOnFailure: true, ...seed() },
      )
      process.stdout.write(
        `Compared ${counts.pairs} pairs (${counts.blanks} blank); ${counts.obstacles} expressions had no SQL.\n`,
      )
      expect(counts.pairs).toBeGreaterThan(runs * 200)
      expect(counts.blanks).toBeLessThan(counts.pairs / 2)
    },
  )
})

function seed(): { seed?: number } {
  const given = process.env.TESSERA_PROPERTY_SEED
  return given === undefined ? {} : { seed: Number(given) }
}

function compiledOf(text: string): Expression {
  const result = compileExpression({ text, scope })
  if ('faults' in result) throw new Error(`${text} does not compile: ${JSON.stringify(result.faults)}`)
  return result.expression
}

/** Throws where the two differ; gives the number of blank results. */
async function compare(
  compiled: readonly Expression[],
  rows: readonly Row[],
  moment: Moment,
): Promise<number> {
  const answers = await answersOf(compiled, rows, moment)
  const differences: string[] = []
  let blanks = 0
  for (const [index, expression] of compiled.entries()) {
    for (const [at, row] of rows.entries()) {
      const variables = { record: asVariable(row.now), before: asVariable(row.before) }
      const here = canonicalValue(expression.evaluate(variables, moment), expression.type)
      const there = withoutSpaces(answers[at]![`e${index}`]!, expression)
      if (here === null) blanks++
      if (here !== there) {
        const used = expression.paths.map(
          (path) => `${path.join('.')} = ${JSON.stringify(valueAt(variables, path))}`,
        )
        differences.push(
          `${expression.text}\n  JavaScript ${here}\n  PostgreSQL ${there}\n  with ${used.join(', ')}`,
        )
        break
      }
    }
  }
  if (differences.length > 0) throw new Error(differences.slice(0, 5).join('\n'))
  return blanks
}

// PostgreSQL puts spaces into the JSON of lists
function withoutSpaces(answer: string | null, { type }: Expression): string | null {
  return type.kind === 'list' && answer !== null ? JSON.stringify(JSON.parse(answer)) : answer
}

type Answer = Record<string, string | null>

async function answersOf(
  compiled: readonly Expression[],
  rows: readonly Row[],
  moment: Moment,
): Promise<Answer[]> {
  try {
    return await query(compiled, rows, moment)
  } catch (error) {
    if (compiled.length === 1) throw new Error(`${compiled[0]!.text}: ${String(error)}`, { cause: error })
    for (const single of compiled) await answersOf([single], rows, moment)
    throw error
  }
}

async function query(
  compiled: readonly Expression[],
  rows: readonly Row[],
  moment: Moment,
): Promise<Answer[]> {
  const params: unknown[] = [
    JSON.stringify(rows.map(({ now, before }) => ({ now: asRow(now), before: asRow(before) }))),
  ]
  const binding = {
    column: ([variable, ...path]: readonly string[]) => {
      const name = `${variable === 'before' ? 'b' : 'n'}.${columnName(path.join('.'))}`
      return { sql: name, currency: `${name}_currency` }
    },
    param: (value: unknown, pgType: string) => `$${params.push(momentValue(value, moment))}::${pgType}`,
  }
  const outputs = compiled.map((expression, index) => {
    const at = index % 2 === 0 ? moment : ('bound' as const)
    const isCondition = expression.type.kind === 'bool' && index % 3 === 0
    const value = isCondition
      ? { sql: `(${expression.toPredicate(binding, at).sql}) IS TRUE` }
      : expression.toSql(binding, at)
    return `${canonicalSql(value, expression.type)} AS e${index}`
  })
  const shape = columns.map(([name, type]) => `${name} ${type}`).join(', ')
  const rowsOf = (alias: string, key: string) =>
    `CROSS JOIN LATERAL jsonb_to_record(r.value -> '${key}') AS ${alias}(${shape})`
  const text =
    `SELECT ${outputs.join(', ')} FROM jsonb_array_elements($1::text::jsonb) WITH ORDINALITY AS r(value, n) ` +
    `${rowsOf('n', 'now')} ${rowsOf('b', 'before')} ORDER BY r.n`
  return sql.unsafe<Answer[]>(text, params as never[])
}

function valueAt(variables: Record<string, unknown>, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
    variables,
  )
}
