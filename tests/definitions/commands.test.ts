import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommandLine } from '../../platform/cli/run-command-line.ts'
import { projectFolder, soundFiles } from './project-files.ts'

async function tessera(folder: string, ...args: string[]) {
  const lines: string[] = []
  const errors: string[] = []
  const print = (line: string) => void lines.push(line)
  const printError = (line: string) => void errors.push(line)
  const code = await runCommandLine({
    args: [...args, '--project', folder],
    environment: {},
    print,
    printError,
  })
  return { code, lines, errors }
}

test('check ends with 0 on sound declarations and says so', async () => {
  expect(await tessera(projectFolder(soundFiles), 'check')).toEqual({
    code: 0,
    lines: ['The declarations of acme are sound.'],
    errors: [],
  })
})

test('check ends with 1 on an error, with place and remedy, and counts what it found', async () => {
  const folder = projectFolder({
    ...soundFiles,
    'metadata/base/roles/seller.json': { name: 'seller', lable: 'S', label: 'S' },
  })
  const { code, lines } = await tessera(folder, 'check')
  expect(code).toBe(1)
  expect(lines).toEqual([
    'metadata/base/roles/seller.json:3:3 /lable error: Unknown key "lable". Did you mean "label"?',
    '1 error.',
  ])
})

test('check ends with 1 where there is no project', async () => {
  const { code, lines } = await tessera(projectFolder({}), 'check')
  expect([code, lines[0]]).toEqual([1, expect.stringContaining('There is no tessera.project.json')])
})

test('check gives its problems to machines as JSON', async () => {
  const folder = projectFolder({
    ...soundFiles,
    'metadata/extra/objects/account.json': { fields: { gone: null } },
  })
  const { code, lines } = await tessera(folder, 'check', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(lines.join(''))).toMatchObject([{ severity: 'warning', code: 'removes_nothing' }])
})

test('explain shows who set a value, what it overrode, and who uses the field', async () => {
  const { code, lines } = await tessera(projectFolder(soundFiles), 'explain', 'objects/account/fields/name')
  expect(code).toBe(0)
  expect(lines).toContain(
    'objects/account/fields/name/max_length = 200 (extra, metadata/extra/objects/account.json:4)',
  )
  expect(lines).toContain('    instead of 100 of base, metadata/base/objects/account.json:10')
  expect(lines).toContain('    objects/account/name_field')
})

test('explain of an unknown value ends with 1 and names the nearest', async () => {
  const { code, errors } = await tessera(projectFolder(soundFiles), 'explain', 'objects/acount')
  expect([code, errors]).toEqual([1, ['There is no object "acount". Did you mean "account"?']])
})

test('types writes the interfaces into the plugins folder', async () => {
  const folder = projectFolder(soundFiles)
  expect((await tessera(folder, 'types')).code).toBe(0)
  expect(readFileSync(join(folder, 'plugins/types.generated.ts'), 'utf8')).toContain(
    'export interface Account {',
  )
})

test('types ends with 1 where the declarations do not hold', async () => {
  const folder = projectFolder({ ...soundFiles, 'metadata/base/objects/account.json': '{' })
  const { code, lines } = await tessera(folder, 'types', '--out', '-')
  expect([code, lines.length]).toEqual([1, 1])
})
