import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'

const usual = process.env.TMPDIR
const folder = mkdtempSync(join(tmpdir(), 'tessera-place-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('nothing is left of a database that was made to play on, wherever its data was', async () => {
  process.env.TMPDIR = folder
  const theatre = await openTheatre({ model: modelFromDocuments({}) }).finally(() => {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  })
  const [made = ''] = readdirSync(folder)
  const data = realpathSync(join(folder, made, '.tessera', 'postgres'))
  expect(existsSync(data)).toBe(true)
  await theatre.close()
  expect(existsSync(data)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
})
