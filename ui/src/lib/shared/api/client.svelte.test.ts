import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, onUnauthenticated } from './client.ts'
import { connection } from './connection.svelte.ts'
import { ApiProblem } from './problem.ts'

const fetching = vi.fn<typeof fetch>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', fetching)
})
afterEach(() => {
  fetching.mockReset()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const busy = (headers: Record<string, string>) =>
  Response.json({ code: 'unavailable', title: 'Busy' }, { status: 503, headers })

test('a busy server is asked again when it says', async () => {
  fetching.mockResolvedValueOnce(busy({ 'retry-after': '2' })).mockResolvedValueOnce(Response.json({ a: 1 }))
  const answer = api.get('/session')
  await vi.advanceTimersByTimeAsync(1_900)
  expect(fetching).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(700)
  expect(await answer).toEqual({ a: 1 })
})

test('a server that stays busy is not asked for ever', async () => {
  fetching.mockImplementation(async () => busy({ 'retry-after': '1' }))
  const answer = api.get('/session').catch((thrown: unknown) => thrown)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await answer).toMatchObject({ code: 'unavailable', status: 503 })
  expect(fetching).toHaveBeenCalledTimes(4)
})

test.each([
  ['that does not say when', {}],
  ['that asks for a long time', { 'retry-after': '3600' }],
])('a busy server %s is a problem at once', async (_name, headers) => {
  fetching.mockResolvedValue(busy(headers as Record<string, string>))
  await expect(api.get('/session')).rejects.toBeInstanceOf(ApiProblem)
  expect(fetching).toHaveBeenCalledTimes(1)
})

test('a wait that is given up ends at once', async () => {
  fetching.mockResolvedValue(busy({ 'retry-after': '5' }))
  const giveUp = new AbortController()
  const answer = api.get('/session', {}, giveUp.signal)
  await vi.advanceTimersByTimeAsync(100)
  giveUp.abort()
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
})

test('a server that is not reached is told, and everything is read anew when it is back', async () => {
  const back = vi.fn()
  const stop = connection.onBack(back)
  fetching.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await expect(api.get('/session')).rejects.toMatchObject({ code: 'offline' })
  expect(connection.isOffline).toBe(true)
  fetching.mockResolvedValueOnce(Response.json({}))
  await api.get('/session')
  await vi.advanceTimersByTimeAsync(1)
  expect([connection.isOffline, back.mock.calls.length]).toEqual([false, 1])
  stop()
})

test('that nobody is signed in is told to whoever asked', async () => {
  const told = vi.fn()
  const stop = onUnauthenticated(told)
  fetching.mockResolvedValueOnce(Response.json({ code: 'unauthenticated' }, { status: 401 }))
  await expect(api.get('/meta')).rejects.toMatchObject({ status: 401 })
  expect(told).toHaveBeenCalledWith('/meta')
  stop()
})
