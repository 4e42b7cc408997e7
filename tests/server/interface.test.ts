import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { serveLibrary } from './serve-library.ts'

const folder = mkdtempSync(join(tmpdir(), 'interface-'))
afterAll(() => rmSync(folder, { recursive: true }))
const database = await freshDatabase()
const { visitor } = await serveLibrary(database, { settings: { interfaceFolder: join(folder, 'build') } })

describe('the interface', () => {
  it('is announced while it is being built', async () => {
    const { status, body } = await visitor.get('/leads')
    expect([status, body.includes('being built')]).toEqual([503, true])
    expect((await visitor.get('/healthz')).status).toBe(200)
  })

  it('is one page for every address, and files that never change are kept for ever', async () => {
    const hashed = join(folder, 'build/_app/immutable')
    mkdirSync(hashed, { recursive: true })
    writeFileSync(join(folder, 'build/index.html'), '<h1>Page</h1>')
    writeFileSync(join(hashed, 'a.js'), 'plain')
    writeFileSync(join(hashed, 'a.js.br'), brotliCompressSync('packed'))
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    for (const path of ['/', '/records/book/1', '/sign-in']) {
      const { status, body, headers } = await visitor.get(path)
      expect([status, body, headers.get('cache-control')]).toEqual([200, '<h1>Page</h1>', 'no-cache'])
    }
    const script = await visitor.send('GET', '/_app/immutable/a.js', { headers: { 'accept-encoding': 'br' } })
    expect([script.body, script.headers.get('content-type')]).toEqual([
      'packed',
      expect.stringContaining('javascript'),
    ])
    expect(script.headers.get('cache-control')).toContain('immutable')
    const plain = await visitor.send('GET', '/_app/immutable/a.js', {
      headers: { 'accept-encoding': 'identity' },
    })
    expect(plain.body).toBe('plain')
  })

  it('gives no page in the place of a missing script, and nothing from outside its folder', async () => {
    expect((await visitor.get('/_app/immutable/old.js')).status).toBe(404)
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/_app/..%5c..%5csecret.txt',
    ])
      expect((await visitor.get(path)).body, path).not.toBe('secret')
  })

  it('does not hide addresses of the API that do not exist', async () => {
    expect((await visitor.get('/api/nothing')).status).toBe(401)
    expect((await visitor.send('POST', '/anything', { body: '{}' })).status).toBe(404)
  })
})
