import { beforeAll, expect, it } from 'vitest'
import { liveEvent } from '../../platform/server/contract/live.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { declarations } from './declarations.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let rea: Client
let chief: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
  chief = await server.signIn('Chief', ['administrator'])
})

interface Heard {
  readonly event: string
  readonly data: {
    readonly object?: string
    readonly id?: string
    readonly action?: string
    readonly hash?: string
  }
}

/** Listens until `isEnough`, or until the stream ends. */
async function listen(by: Client, query = '') {
  const stop = new AbortController()
  const response = await fetch(`${server.origin}/api/changes${query}`, {
    headers: by.headers,
    signal: stop.signal,
  })
  if (response.body === null) throw new Error('The stream has no body.')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const heard: Heard[] = []
  let text = ''
  await reader.read()
  // The tail begins with its first look; what is written before belongs to the past.
  await new Promise((resolve) => setTimeout(resolve, 700))
  return {
    heard,
    async until(isEnough: (heard: readonly Heard[]) => boolean) {
      while (!isEnough(heard)) {
        const { value, done } = await reader.read()
        if (done) return heard
        text += value
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const event = /^event: (.*)$/m.exec(block)?.[1]
          const data = /^data: (.*)$/m.exec(block)?.[1]
          if (event !== undefined && data !== undefined)
            heard.push(liveEvent.parse({ event, data: JSON.parse(data) }) as Heard)
        }
      }
      return heard
    },
    close: () => stop.abort(),
  }
}

const has = (action: string, id: string) => (heard: readonly Heard[]) =>
  heard.some(({ data }) => data.action === action && data.id === id)

it('tells changes as they happen: created, changed, moved by the process, deleted', async () => {
  const stream = await listen(ada, '?objects=book')
  const { id } = (await ada.post('/api/records/book', { title: 'Nana' })).body
  await ada.post('/api/records/shelf', { name: 'Unheard' })
  await stream.until(has('create', id))
  await ada.post(`/api/records/book/${id}/events/lend`, { values: { to: 'Emile' } })
  await stream.until((heard) => heard.some(({ event }) => event === 'work'))
  await ada.delete(`/api/records/book/${id}`)
  const heard = await stream.until(has('delete', id))
  expect(heard.filter(({ event, data }) => event === 'change' && data.object !== 'book')).toEqual([])
  stream.close()
})

it('tells only of what one may read', async () => {
  const stream = await listen(rea)
  const foreign = (await ada.post('/api/records/book', { title: 'Of Ada' })).body.id
  await ada.delete(`/api/records/book/${foreign}`)
  await ada.post('/api/records/shelf', { name: 'Hidden' })
  const own = (await rea.post('/api/records/book', { title: 'Of Rea' })).body.id
  const heard = await stream.until(has('create', own))
  expect(heard.filter(({ event }) => event === 'change').map(({ data }) => data.id)).toEqual([own])
  stream.close()
})

it('hears of a change that was numbered before others and committed after them', async () => {
  const stream = await listen(ada, '?objects=shelf')
  const late = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<string>()
  const slow = server.tenant.sql.begin(async (sql) => {
    const id = '01900000-0000-7000-8000-000000000001'
    await sql`insert into shelf (id, name, created_at, updated_at, _search) values (${id}, 'Late', now(), now(), '')`
    await sql`insert into _change (object, record, version, action) values ('shelf', ${id}, 1, 'create')`
    begun.resolve(id)
    await late.promise
  })
  const slowId = await begun.promise
  const quickId = (await ada.post('/api/records/shelf', { name: 'Quick' })).body.id
  await stream.until(has('create', quickId))
  late.resolve()
  await slow
  await stream.until(has('create', slowId))
  stream.close()
})

it('says when a new version is served', async () => {
  const stream = await listen(ada)
  const renamed = {
    ...declarations,
    object: { ...declarations.object, shelf: { ...declarations.object?.shelf, label: 'Rack' } },
  }
  const model = modelFromDocuments(renamed)
  await publishModel({ database, tenant: 'library', model, settleMs: 0 })
  const heard = await stream.until((all) => all.some(({ event }) => event === 'published'))
  expect(heard.at(-1)?.data.hash).toBe(model.hash)
  stream.close()
})

it('ends for somebody whose access has ended', async () => {
  const fay = await server.signIn('Fay', ['librarian'])
  const { userId } = await server.person('Fay', [])
  const stream = await listen(fay)
  await chief.patch(`/api/records/user/${userId}`, { is_active: false })
  const heard = await stream.until(() => false)
  expect(heard.filter(({ event }) => event === 'change')).toEqual([])
})
