import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../platform/cli/commands.ts'
import { createTenant, openDatabase, sealPlainSecrets, type Database } from '../../platform/database/index.ts'
import { findKeys } from '../../platform/database/secrets/secret-keys.ts'
import { sessionSecret } from '../../platform/server/identity/session-secret.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const newKey = () => randomBytes(32).toString('base64')
const first = newKey()
const second = newKey()
let password: string
let secret: string

const opened = async <T>(environment: NodeJS.ProcessEnv, work: (database: Database) => Promise<T>) => {
  const own = await openDatabase({ url: database.url, project: folder, environment })
  return work(own).finally(() => own.close())
}

/** Every text of the platform's schema, as a dump shows it. */
async function dump(): Promise<string> {
  const tables = await database.platform<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'platform'::regnamespace and relkind = 'r'`
  const rows = await Promise.all(
    tables.map(({ name }) => database.platform.unsafe(`select t::text as row from platform."${name}" t`)),
  )
  return rows.flatMap((each) => each.map((row) => String(row.row))).join('\n')
}

async function rotate(environment: NodeJS.ProcessEnv, options: Record<string, boolean> = {}) {
  const lines: string[] = []
  const { command } = await commands['rotate-secrets']!.load()
  const code = await command.run({
    positionals: [],
    options: { project: folder, 'new-key': false, 'replace-lost': false, ...options },
    environment: { DATABASE_URL: database.url, ...environment },
    commands,
    print: (line) => lines.push(line),
  })
  return { code, text: lines.join('\n') }
}

beforeAll(() =>
  opened({ TESSERA_SECRET_KEY: first }, async (own) => {
    await createTenant(own, { name: 'acme', label: 'Acme' })
    password = new URL(await own.tenantUrl('acme')).password
    secret = await sessionSecret(own)
  }),
)

describe('secrets at rest', () => {
  it('stand nowhere in the schema of the platform', async () => {
    const text = await dump()
    expect(text).toContain('sealed:1:')
    expect(text).not.toContain(password)
    expect(text).not.toContain(secret)
  })

  it('that an earlier version wrote in plain are encrypted at the start', async () => {
    await database.platform`update platform.tenant set role_password = ${password} where name = 'acme'`
    await opened({ TESSERA_SECRET_KEY: first }, async (own) => {
      expect(await sealPlainSecrets(own)).toBe(1)
      expect(await sealPlainSecrets(own)).toBe(0)
      expect(new URL(await own.tenantUrl('acme')).password).toBe(password)
      expect([...(await (await own.tenant('acme'))`select 1 as one`)]).toEqual([{ one: 1 }])
    })
    expect(await dump()).not.toContain(password)
  })

  it('are not opened with another key, and the error says which one is missing and what to do', async () => {
    await opened({ TESSERA_SECRET_KEY: second }, async (own) => {
      const remedy =
        /platform\.tenant\.role_password is encrypted with the key [0-9a-f]{8}.*TESSERA_SECRET_KEY/
      await expect(own.tenant('acme')).rejects.toThrow(remedy)
      await expect(sealPlainSecrets(own)).rejects.toThrow(remedy)
      await expect(sessionSecret(own)).rejects.toThrow('platform.setting.value is encrypted with the key')
    })
  })

  it('open at their own place alone, and unchanged', async () => {
    await opened({ TESSERA_SECRET_KEY: first }, async ({ secrets }) => {
      const sealed = secrets.seal('a', 'here')
      expect(secrets.open(sealed, 'here')).toBe('a')
      expect(() => secrets.open(sealed, 'there')).toThrow('changed outside of Tessera')
      const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
      expect(() => secrets.open(changed, 'here')).toThrow('changed outside of Tessera')
      expect(secrets.seal('a', 'here')).not.toBe(sealed)
    })
  })

  it('move to a new first key, while nodes that have both go on', async () => {
    const both = { TESSERA_SECRET_KEY: `${second},${first}` }
    expect((await rotate(both)).text).toContain('2 secrets were encrypted anew')
    expect((await rotate(both)).text).toContain('0 secrets were encrypted anew')
    await opened({ TESSERA_SECRET_KEY: second }, async (own) => {
      expect(new URL(await own.tenantUrl('acme')).password).toBe(password)
      expect(await sessionSecret(own)).toBe(secret)
    })
  })

  it('are replaced where their key is lost: the tenant works, the sessions have ended', async () => {
    const third = { TESSERA_SECRET_KEY: newKey() }
    expect((await rotate(third, { 'replace-lost': true })).text).toContain('2 secrets could not be read')
    await opened(third, async (own) => {
      expect([...(await (await own.tenant('acme'))`select 1 as one`)]).toEqual([{ one: 1 }])
      expect(await sessionSecret(own)).not.toBe(secret)
    })
  })
})

describe('the keys', () => {
  const find = (environment: NodeJS.ProcessEnv, isEmbedded = true) =>
    findKeys({ environment, project: folder, isEmbedded })

  it('are asked for in production with a database elsewhere, before anything is encrypted', () => {
    expect(() => find({ NODE_ENV: 'production' }, false)).toThrow('openssl rand -base64 32')
  })

  it('are made once in the data folder, for its owner alone, and a database elsewhere is told of', () => {
    const made = find({}, false)
    expect(made.notices.join(' ')).toContain(made.file)
    expect(statSync(made.file!).mode & 0o777).toBe(0o600)
    const again = find({}, false)
    expect(again.notices).toEqual([])
    expect(again.read()).toEqual(made.read())
  })

  it('of a file get a new first one by the command, which running nodes learn of', async () => {
    const keyFile = join(folder, 'keys')
    writeFileSync(keyFile, `${newKey()}\n`)
    const environment = { TESSERA_SECRET_KEY_FILE: keyFile }
    await rotate(environment, { 'replace-lost': true })
    await opened(environment, async (running) => {
      expect((await rotate(environment, { 'new-key': true })).text).toContain('2 secrets were encrypted anew')
      expect(readFileSync(keyFile, 'utf8').trim().split('\n')).toHaveLength(2)
      expect([...(await (await running.tenant('acme'))`select 1 as one`)]).toEqual([{ one: 1 }])
    })
    await expect(rotate({ TESSERA_SECRET_KEY: newKey() }, { 'new-key': true })).rejects.toThrow(
      'put a new one before them there',
    )
  })

  it.each([
    ['of the wrong length', 'c2hvcnQ=', 'has 5 bytes; it takes 32'],
    ['that are blank', ' , ', 'holds no key'],
  ])('%s are refused with the remedy', (_, text, message) => {
    expect(() => find({ TESSERA_SECRET_KEY: text })).toThrow(message)
  })
})
