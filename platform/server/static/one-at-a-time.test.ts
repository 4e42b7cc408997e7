import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const folder = await mkdtemp(join(tmpdir(), 'tessera-lock-'))
afterAll(() => rm(folder, { recursive: true }))

it('does work under the same lock one after the other', async () => {
  const steps: string[] = []
  const work = (name: string) =>
    oneAtATime(join(folder, 'shared'), async () => {
      steps.push(`${name} begins`)
      await pause(20)
      steps.push(`${name} ends`)
    })
  await Promise.all([work('a'), work('b')])
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

it('takes over the lock of a process that has died', async () => {
  const lock = join(folder, 'left')
  // No process has the highest number that Linux and macOS can give.
  writeFileSync(lock, '4194304')
  expect(await oneAtATime(lock, () => Promise.resolve('done'))).toBe('done')
})

it('leaves the lock free when the work fails', async () => {
  const lock = join(folder, 'failed')
  await expect(oneAtATime(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(lock)).toBe(false)
})
