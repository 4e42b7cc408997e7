import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startEmbedded } from './start-embedded.ts'

// Each new data folder costs seconds when the machine is busy.
vi.setConfig({ testTimeout: 120_000 })

const IS_ROOT = process.getuid?.() === 0
const folders: string[] = []

function newProject({ mode = 0o755 }: { mode?: number } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-embedded-'))
  folders.push(folder)
  chmodSync(folder, 0o755)
  const project = join(folder, 'project')
  mkdirSync(project, { mode })
  return project
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Durable where a crash follows: otherwise the last moment before it may be lost. */
const start = (project: string, isDurable = false) => startEmbedded({ project, isDurable })

async function query(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  return await sql.unsafe(statement).finally(() => sql.end())
}

const serverPid = (folder: string) =>
  Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded server', () => {
  const project = newProject()

  it('keeps what was written when it is stopped and started again, with its port and password', async () => {
    const first = await start(project)
    expect(first).toMatchObject({ isNew: true, folder: join(project, '.tessera/postgres'), notices: [] })
    await query(first.url, 'create table kept (id int); insert into kept values (1)')
    await first.release()
    await expect(query(first.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })

    const second = await start(project)
    expect(second).toMatchObject({ isNew: false, url: first.url })
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }])
    await second.release()
    expect(statSync(join(first.folder, 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(first.folder).mode & 0o777).toBe(0o700)
  })

  it('lets the platform be no superuser, and compares text by code point', async () => {
    const server = await start(project)
    expect(
      await query(
        server.url,
        `select rolsuper, upper('straße é') as upper, 'Z' < 'a' as by_code_point, inet_server_addr()::text as at
         from pg_roles where rolname = current_user`,
      ),
    ).toEqual([{ rolsuper: false, upper: 'STRASSE É', by_code_point: true, at: '127.0.0.1/32' }])
    await server.release()
  })

  it('is shared by the users that there are, and stopped by the last of them', async () => {
    const [one, two] = await Promise.all([start(project), start(project)])
    expect(one.url).toBe(two.url)
    await one.release()
    expect(await query(two.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await two.release()
    await expect(query(two.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('stands on a port that no outgoing connection is given by chance', async () => {
    const server = await start(project)
    expect(Number(new URL(server.url).port)).toBeLessThan(32_768)
    await server.release()
  })

  it('takes another port when its own is taken', async () => {
    const first = await start(project)
    await first.release()
    const port = Number(new URL(first.url).port)
    const squatter = createServer().listen(port, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const second = await start(project)
    expect(new URL(second.url).port).not.toBe(String(port))
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.release()
    squatter.close()
  })

  it('refuses a data folder of another format, and says what to do', async () => {
    const server = await start(project)
    await server.release()
    const marker = join(server.folder, 'tessera.json')
    const text = readFileSync(marker, 'utf8')
    writeFileSync(marker, '{"format":1,"postgres":12}')
    await expect(start(project)).rejects.toThrow('has format 1 of PostgreSQL 12')
    writeFileSync(marker, text)
  })
})

describe('after a crash', () => {
  const project = newProject()

  it('the server that dies in use comes back on the same port, with everything that was committed', async () => {
    const reports: string[] = []
    const server = await startEmbedded({ project, report: (line) => reports.push(line) })
    await query(server.url, 'create table kept as select 1 as id')
    // A session that is at work goes on after its server has died, and keeps the next one from starting for so long.
    const atWork = query(server.url, 'select count(*) from generate_series(1, 3000000)').catch(
      () => undefined,
    )
    await expect
      .poll(() =>
        query(
          server.url,
          "select 1 from pg_stat_activity where query like '%3000000%' and pid <> pg_backend_pid()",
        ),
      )
      .toHaveLength(1)
    const dead = serverPid(server.folder)
    process.kill(dead, 'SIGKILL')
    while (!existsSync(join(server.folder, 'data/postmaster.pid')) || serverPid(server.folder) === dead)
      await wait(20)
    await expect
      .poll(() => query(server.url, 'select id from kept').catch(String), { timeout: 60_000 })
      .toEqual([{ id: 1 }])
    expect(reports).toEqual(['PostgreSQL stopped unexpectedly; starting it again.'])
    await atWork
    await server.release()
    await expect(query(server.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('a number in postmaster.pid that now belongs to another program does not keep it from starting', async () => {
    const first = await start(project)
    const file = join(first.folder, 'data/postmaster.pid')
    const text = readFileSync(file, 'utf8')
    await query(first.url, 'create table kept_too as select 1 as id')
    await first.release()
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)))
    const second = await start(project)
    expect(await query(second.url, 'select id from kept_too')).toEqual([{ id: 1 }])
    await second.release()
  })

  it('a user that is killed leaves a server that the next one uses and stops', async () => {
    const killed = await startInProcess(project)
    killed.child.kill('SIGKILL')
    const next = await start(project)
    expect(next.url).toBe(killed.url)
    await next.release()
    await expect(query(next.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('a first start that was killed half-way leaves nothing in the way', async () => {
    const project = newProject()
    const dead = spawn('true')
    await new Promise((resolve) => dead.once('exit', resolve))
    const draft = join(project, `.tessera/postgres.new-${dead.pid}-abc`)
    mkdirSync(join(draft, 'data'), { recursive: true })
    const server = await start(project)
    expect(server.isNew).toBe(true)
    expect(existsSync(draft)).toBe(false)
    await server.release()
  })
})

describe('two processes that start from nothing at once', () => {
  it('end up with one server', async () => {
    const project = newProject()
    const [one, two] = await Promise.all([startInProcess(project), startInProcess(project)])
    expect(one.url).toBe(two.url)
    await Promise.all([one.end(), two.end()])
    await expect(query(one.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

if (!IS_ROOT) process.stdout.write('Passed over: placing the data elsewhere happens only to root.\n')

describe.runIf(IS_ROOT)('as root', () => {
  it('places the data elsewhere when the server may not enter the project, and says so', async () => {
    const project = newProject({ mode: 0o700 })
    const first = await start(project)
    folders.push(first.folder)
    expect(first.folder).toMatch(/^\/var\/lib\/tessera\/project-[0-9a-f]{8}$/)
    expect(first.notices).toEqual([expect.stringContaining(`The database is in ${first.folder}`)])
    await query(first.url, 'create table kept (id int)')
    await first.release()
    const second = await start(project)
    expect(second.folder).toBe(first.folder)
    expect(await query(second.url, 'select * from kept')).toEqual([])
    await second.release()

    rmSync(first.folder, { recursive: true })
    await expect(start(project)).rejects.toThrow(`is in ${first.folder}, which is gone`)
  })
})

/** A user of the server in a process of its own. */
async function startInProcess(project: string) {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'start-embedded.ts'))})
    const server = await startEmbedded({ project: ${JSON.stringify(project)}, isDurable: false })
    process.stdout.write(server.url + '\\n')
    process.stdin.resume().on('end', () => server.release())`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
  )
  const end = async () => {
    child.stdin.end()
    await new Promise((resolve) => child.once('exit', resolve))
  }
  return { child, url, end }
}
