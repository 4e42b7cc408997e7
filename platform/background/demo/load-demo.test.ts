import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from './load-demo.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('documents come in the order of the packages, and packages without any are passed over', () => {
  write('later', { objects: { loan: { count: 1 } } })
  write('earlier', { objects: { book: { count: 2 } } })
  const { documents, problems } = load('earlier', 'without', 'later')
  expect(problems).toEqual([])
  expect(documents.map(({ objects }) => Object.keys(objects))).toEqual([['book'], ['loan']])
})

test('an unknown key and a value that is no recipe are reported with their places', () => {
  write('typo', { objects: { book: { cuont: 3 } } })
  expect(load('typo').problems).toMatchObject([
    {
      message: 'The value here must NOT have additional properties, but it has "cuont".',
      place: { file: 'metadata/typo/demo/demo.json', pointer: '/objects/book', line: 3 },
    },
  ])
  write('wrong', { objects: { book: { fields: { price: { amuont: [1, 2] } } } } })
  expect(load('wrong').problems).toMatchObject([
    { code: 'recipe', place: { pointer: '/objects/book/fields/price' } },
  ])
})

function write(name: string, document: unknown): void {
  mkdirSync(join(folder, 'metadata', name, 'demo'), { recursive: true })
  writeFileSync(join(folder, 'metadata', name, 'demo', 'demo.json'), JSON.stringify(document, null, 2))
}

function load(...packages: string[]) {
  return loadDemo({ roots: [folder, folder], packages, base: folder })
}
