import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => /^\| (API|V)\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const proofs = [...page.matchAll(/`((?:tests|platform)\/[\w./-]+\.test\.ts)`: "([^"]+)"/g)].map(
  ([, file = '', name = '']) => [file, name] as const,
)

describe('the page about security', () => {
  it('has every risk of the Top 10 and every chapter of the standard', () => {
    const first = rows.map(([, what = '']) => what)
    for (let at = 1; at <= 10; at++)
      expect(first.filter((what) => what.startsWith(`API${at} `))).toHaveLength(1)
    for (let at = 1; at <= 14; at++)
      expect([at, first.some((what) => new RegExp(`^V${at}[ .]`).test(what))]).toEqual([at, true])
  })

  it('proves each line by a test, or says that it does not apply, is reviewed or not fulfilled', () => {
    for (const [, what, , proof = ''] of rows)
      expect([what, /\.test\.ts`: "|Does not apply|By review/.test(proof)]).toEqual([what, true])
  })

  it.each(proofs)('names tests that there are: %s "%s"', (file, name) => {
    const path = join(root, file)
    expect(existsSync(path)).toBe(true)
    expect(readFileSync(path, 'utf8')).toContain(name)
  })
})
