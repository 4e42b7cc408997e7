import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileExpression, type Expression, quoteLiteral } from '../../platform/language/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { sharedData } from '../harness/shared-data.ts'
import { scope } from './random-records.ts'

const { platform: sql } = await freshDatabase()
const folder = sharedData('bad-input')
const naughty = sharedData('conformance/blns.json')

const moment = { now: new Date('2026-11-22T00:00:00Z'), timeZone: 'UTC' }
const own = [
  "'; drop table x; --",
  "\\'; select 1; --",
  '$1',
  "$$ $tag$ '",
  'a\\',
  '\0$0\0',
  '\u{1F600}\\',
  "E'\\x27'",
]

function hostileTexts(): string[] {
  const files = folder ? readdirSync(folder).map((name) => join(folder, name)) : []
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split(/\r?\n/))
  const list = naughty ? (JSON.parse(readFileSync(naughty, 'utf8')) as string[]) : []
  return [...new Set([...own, ...lines, ...list])].filter((text) => text !== '')
}

const texts = hostileTexts()
const storable = texts.filter((text) => !text.includes('\0') && text.isWellFormed())

describe(`${texts.length} hostile texts`, () => {
  it('never become part of the SQL, as literals', () => {
    const templates = [
      'record.title == #',
      'concat(record.title, #)',
      'record.title in [#, #]',
      'contains(#, record.note)',
    ]
    const different: string[] = []
    for (const template of templates) {
      const harmless = sqlOf(compiled(template.replaceAll('#', "'x'"))).text
      for (const text of storable) {
        const { text: made, params } = sqlOf(compiled(template.replaceAll('#', () => JSON.stringify(text))))
        if (made !== harmless || !params.includes(text)) different.push(text)
      }
    }
    expect(different).toEqual([])
  })

  it('come back from PostgreSQL as they went in, as literals and as values of fields', async () => {
    const perQuery = 50
    for (let first = 0; first < storable.length; first += perQuery) {
      const some = storable.slice(first, first + perQuery)
      const params: unknown[] = [some]
      const outputs = some.flatMap((text, index) => {
        const made = sqlOf(joined(text), params, `n.titles[${index + 1}]`)
        return [`${made.text} AS v${index}`, `${quoteLiteral(text, 'text')} AS q${index}`]
      })
      const from = 'FROM (SELECT $1::text[] AS titles) AS n'
      const [row] = await sql.unsafe<Record<string, string>[]>(
        `SELECT ${outputs.join(', ')} ${from}`,
        params as never[],
      )
      const expected = some.flatMap((text, index) => [
        [`v${index}`, joined(text).evaluate({ record: { title: text } }, moment)],
        [`q${index}`, text],
      ])
      expect({ ...row }).toEqual(Object.fromEntries(expected))
    }
  })

  it('are refused as literals where PostgreSQL could not hold them', () => {
    for (const text of ['\0', 'a\0b', '\uD83D', '\uDE00x']) {
      const result = compileExpression({ text: `record.title == '${text}'`, scope })
      expect('faults' in result && result.faults[0]!.message).toMatch(
        /NUL character or half a surrogate pair/,
      )
    }
  })

  it('are refused or compiled as expressions, without an exception', () => {
    for (const text of texts) {
      const result = compileExpression({ text, scope })
      if ('expression' in result) result.expression.evaluate({ record: {} }, moment)
      else expect(result.faults.length).toBeGreaterThan(0)
    }
  })
})

function compiled(text: string): Expression {
  const result = compileExpression({ text, scope })
  if ('faults' in result) throw new Error(`${text}: ${JSON.stringify(result.faults)}`)
  return result.expression
}

function joined(text: string): Expression {
  return compiled(`concat(record.title, '|', ${JSON.stringify(text)})`)
}

function sqlOf(
  expression: Expression,
  params: unknown[] = [],
  column = 'n.title',
): { text: string; params: unknown[] } {
  const binding = {
    column: () => ({ sql: column }),
    param: (value: unknown, pgType: string) => `$${params.push(value)}::${pgType}`,
  }
  return { text: expression.toSql(binding, moment).sql, params }
}
