import { expect, it } from 'vitest'
import { ShortMemory } from './short-memory.ts'

function memory(capacity = 10) {
  const clock = { now: 0 }
  return { clock, kept: new ShortMemory<string>({ seconds: 3, capacity, now: () => clock.now }) }
}

const look = (value: string) => async () => value

it('remembers for some seconds', async () => {
  const { clock, kept } = memory()
  expect(await kept.get('a', look('first'))).toBe('first')
  clock.now = 2_999
  expect(await kept.get('a', look('second'))).toBe('first')
  clock.now = 3_000
  expect(await kept.get('a', look('third'))).toBe('third')
})

it('asks once for those who ask at the same time', async () => {
  const { kept } = memory()
  let asked = 0
  const slow = async () => `${++asked}`
  expect(await Promise.all([kept.get('a', slow), kept.get('a', slow)])).toEqual(['1', '1'])
})

it('does not keep what was forgotten while it was being looked up', async () => {
  const { kept } = memory()
  const answer = Promise.withResolvers<string>()
  const early = kept.get('a', () => answer.promise)
  kept.forgetAll('a')
  answer.resolve('old')
  expect(await early).toBe('old')
  expect(await kept.get('a', look('new'))).toBe('new')
})

it('does not remember failures', async () => {
  const { kept } = memory()
  await expect(kept.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await kept.get('a', look('back'))).toBe('back')
})

it('forgets the oldest above its capacity, and by the beginning of the key', async () => {
  const { kept } = memory(2)
  for (const key of ['t/a', 't/b', 'u/c']) await kept.get(key, look(`old ${key}`))
  expect(await kept.get('t/a', look('new'))).toBe('new')
  kept.forgetAll('u/')
  expect(await kept.get('u/c', look('new'))).toBe('new')
})
