import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { modelFromDocuments } from '../link/build-model.ts'
import { salesDocuments } from '../link/sales-documents.fixture.ts'
import { typesOf } from './types-of.ts'

test('each object and each event of a process gets an interface', async () => {
  const text = await typesOf(modelFromDocuments(salesDocuments))
  expect(text).toContain('export interface Opportunity {')
  expect(text).toMatch(
    /export interface PipelineWinEvent \{\s*\/\*\*\s*\* Amount\s*\*\/\s*amount: string\s*\}/,
  )
  expect(text).toMatch(/sector\?: \('retail' \| 'industry'\) \| null/)
  expect(text).toMatch(/amount\?: \{\s*amount: string\s*currency: string\s*\} \| null/)
  expect(text).toMatch(/'pipeline\.win': PipelineWinEvent/)
})

test('the types compile, and refuse a value of the wrong type', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-types-'))
  try {
    writeFileSync(join(folder, 'types.ts'), await typesOf(modelFromDocuments(salesDocuments)))
    const use =
      "import type { Opportunity } from './types.ts'\nconst given: Opportunity['amount'] = 12\nconst sound: Opportunity['title'] = 'a'\nexport { given, sound }\n"
    writeFileSync(join(folder, 'use.ts'), use)
    const compiler = resolve('node_modules/typescript-seven/bin/tsc')
    const compilerOptions = {
      noEmit: true,
      strict: true,
      module: 'nodenext',
      allowImportingTsExtensions: true,
      types: [],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }))
    const options = ['-p', folder]
    let output = ''
    try {
      execFileSync(process.execPath, [compiler, ...options], { encoding: 'utf8' })
    } catch (error) {
      output = String((error as { stdout?: string }).stdout)
    }
    expect(output.match(/error TS\d+/g)).toEqual(['error TS2322'])
    expect(output).toMatch(/use\.ts[:(]2/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
