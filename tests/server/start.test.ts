import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client } from './client.ts'

const root = resolve(import.meta.dirname, '../..')
const database = await freshDatabase()
const work = mkdtempSync(join(tmpdir(), 'start-'))
const project = join(work, 'acme')
const started: ChildProcess[] = []

afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(work, { recursive: true })
})

/** Runs the command line; gives what it printed until it ended, or until a line matches. */
function tessera(args: readonly string[], until?: RegExp) {
  const child = spawn(process.execPath, [join(root, 'platform/cli/main.ts'), ...args], {
    cwd: work,
    env: { ...process.env, DATABASE_URL: database.url, NODE_ENV: 'development' },
  })
  started.push(child)
  const words = { text: '' }
  const seen = new Promise<void>((found) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        words.text += chunk.toString()
        if (until?.test(words.text)) found()
      })
    child.once('close', () => found())
  })
  return { child, words, seen }
}

async function start() {
  const server = tessera(['start', '--project', 'acme', '--port', '0', '--api-only'], /Tessera is ready.*\n/)
  await server.seen
  const origin = /http:\/\/localhost:\d+/.exec(server.words.text)?.[0]
  if (origin === undefined) throw new Error(server.words.text)
  return { ...server, origin }
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

beforeAll(async () => {
  await tessera(['new', 'acme']).seen
})

it(
  'makes a project, serves it with an administrator, publishes what is saved, and stops in order',
  { timeout: 120_000 },
  async () => {
    expect(existsSync(join(project, 'schemas/object.patch.json'))).toBe(true)
    const { child, words, origin } = await start()
    const note = join(project, '.tessera/first-sign-in.json')
    expect(statSync(note).mode & 0o777).toBe(0o600)
    const [{ email, password }] = JSON.parse(readFileSync(note, 'utf8')) as [
      { email: string; password: string },
    ]
    const visitor = client(origin)
    const { status, cookie } = await visitor.post('/api/auth/sign-in/email', { email, password })
    expect(status).toBe(200)
    const admin = client(origin, { cookie, 'tessera-request': '1' })
    const fieldOf = async (name: string) => (await admin.get('/api/meta')).body.objects.account.fields[name]
    expect(await fieldOf('vat_number')).toMatchObject({ type: 'text' })
    expect((await visitor.get('/')).status).toBe(404)

    const overlay = join(project, 'metadata/acme/objects/account.json')
    const declared = JSON.parse(readFileSync(overlay, 'utf8')) as { fields: Record<string, unknown> }
    declared.fields.nickname = { type: 'text', label: 'Nickname' }
    writeFileSync(overlay, JSON.stringify(declared))
    await expect
      .poll(() => fieldOf('nickname'), { timeout: 30_000, interval: 200 })
      .toMatchObject({ type: 'text' })

    writeFileSync(overlay, '{ "name": "account", "fields": { "nickname": { "type": "txt" } } }')
    await expect.poll(() => words.text, { timeout: 30_000 }).toContain('metadata/acme/objects/account.json:1')
    expect(await fieldOf('nickname')).toMatchObject({ type: 'text' })
    writeFileSync(overlay, JSON.stringify(declared))

    expect(await stop(child)).toBe(0)
    expect(words.text).toContain('Stopped.')
    const sessions = await database.platform`select 1 from platform.session`
    expect(sessions).toHaveLength(1)
  },
)

it(
  'forgets the note of the first password when it was changed at the terminal',
  { timeout: 120_000 },
  async () => {
    const change = tessera([
      'user',
      'set-password',
      '--project',
      'acme',
      '--email',
      'admin@example.com',
      '--password',
      'changed by hand',
    ])
    await change.seen
    expect(change.words.text).toContain('The password of admin@example.com is set.')
    const { child, words, origin } = await start()
    const answer = await client(origin).post('/api/auth/sign-in/email', {
      email: 'admin@example.com',
      password: 'changed by hand',
    })
    expect(answer.status).toBe(200)
    expect(await stop(child)).toBe(0)
    expect(words.text).not.toContain('Sign in as')
    expect(existsSync(join(project, '.tessera/first-sign-in.json'))).toBe(false)
  },
)
