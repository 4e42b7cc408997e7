import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExpression, functionLibrary } from '../../platform/language/index.ts'

const file = new URL('../../docs/expressions.md', import.meta.url)
const begin = '<!-- prettier-ignore-start -->\n'
const end = '<!-- prettier-ignore-end -->'

function table(): string {
  const byDescription = Map.groupBy(functionLibrary, ({ name, description }) => `${name}\n${description}`)
  const rows = [...byDescription.values()].map((ways) => {
    const signatures = ways.map(({ signature }) => `\`${signature}\``).join('<br>')
    return `| ${signatures} | ${ways[0]!.description} |`
  })
  return ['| function | what it gives |', '|---|---|', ...rows].join('\n')
}

describe('the table of functions in docs/expressions.md', () => {
  it('is what the library says (renew it with TESSERA_WRITE_DOCS=1)', () => {
    const text = readFileSync(file, 'utf8')
    const start = text.indexOf(begin) + begin.length
    const stop = text.indexOf(end)
    expect(text.indexOf(begin)).toBeGreaterThan(0)
    if (process.env.TESSERA_WRITE_DOCS) {
      writeFileSync(file, `${text.slice(0, start)}\n${table()}\n\n${text.slice(stop)}`)
    } else {
      expect(text.slice(start, stop).trim()).toBe(table())
    }
  })

  it('shows no example that does not compile', () => {
    const names = Object.fromEntries(
      ['record', 'before', 'user', 'event'].map((name) => [name, { kind: 'dyn' as const }]),
    )
    const scope = { variables: names, object: () => undefined }
    const examples = /```\n([\s\S]*?)```/.exec(readFileSync(file, 'utf8'))![1]!.trim().split('\n')
    expect(examples.length).toBeGreaterThan(3)
    for (const text of examples) expect(compileExpression({ text, scope })).not.toHaveProperty('faults')
  })
})
