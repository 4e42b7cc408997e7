import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runAs } from './account.ts'
import { dataFolder, logFile, portFile } from './initialise.ts'
import type { Place } from './place.ts'
import { isAlive, isServerOf, readProcessFile } from './process-file.ts'

const PATIENCE_MS = 300_000
const SESSIONS_LEFT = 'pre-existing shared memory block'
const SESSIONS_MS = 60_000
const LOG_LIMIT_BYTES = 5_000_000
/** No process ever has this number, and PostgreSQL takes it for one that has died. */
const NOBODY = 2_147_483_647

/**
 * Returns the port of the running server of the place, after starting it if need be. Safe when several
 * processes call it at once (PostgreSQL's own lock on the folder decides) and after a crash.
 * @throws when the server does not come up, with the end of its log
 */
export async function ensureRunning(place: Place): Promise<number> {
  const data = dataFolder(place)
  const deadline = Date.now() + PATIENCE_MS
  for (let failures = 0; Date.now() < deadline;) {
    const file = readProcessFile(data)
    if (file && isServerOf(file.pid, data)) {
      if (file.status === 'ready') return file.port
      // Starting (after a crash it may replay its log for a while) or stopping.
      await wait(25)
    } else {
      if (file && isAlive(file.pid)) disownProcessFile(data)
      const problem = await startOnce(place, await choosePort(place, failures))
      // The sessions of a server that was killed need a moment to notice that it is gone.
      if (problem?.includes(SESSIONS_LEFT) && Date.now() < deadline - PATIENCE_MS + SESSIONS_MS)
        await wait(100)
      else if (problem && ++failures === 5) throw new Error(problem)
    }
  }
  throw new Error(
    `PostgreSQL in ${place.folder} was not ready after ${PATIENCE_MS / 60_000} minutes. ${hint(place)}`,
  )
}

/** Stops the server; open transactions are rolled back, everything that was committed stays. */
export async function stopServer(place: Place): Promise<void> {
  await runAs(place.account, {
    program: place.binaries.pgCtl,
    args: ['stop', '-D', dataFolder(place), '-m', 'fast', '-w'],
  })
}

/** @returns what went wrong, or undefined when the server runs, be it ours or another process's */
async function startOnce(place: Place, port: number): Promise<string | undefined> {
  keepLogShort(place)
  const { code, output } = await runAs(place.account, {
    program: place.binaries.pgCtl,
    // pg_ctl gives the server a session of its own, so Ctrl-C in the terminal does not reach it.
    args: ['start', '-D', dataFolder(place), '-l', logFile(place), '-o', `-p ${port}`, '-w', '-t', '300'],
  })
  if (code === 0) {
    rememberPort(place, port)
    return undefined
  }
  const running = readProcessFile(dataFolder(place))
  if (running && isServerOf(running.pid, dataFolder(place))) return undefined
  return `PostgreSQL in ${place.folder} did not start: ${output.trim()}\n${hint(place)}`
}

/** The port of the last time when it is free, so that tools keep their settings; otherwise any free one. */
async function choosePort(place: Place, failures: number): Promise<number> {
  const last = existsSync(portFile(place)) ? Number(readFileSync(portFile(place), 'utf8')) : 0
  if (failures === 0 && last > 0 && (await freePort(last).catch(() => 0))) return last
  return steadyPort()
}

/** Below those that systems give to outgoing connections (from 32,768 on Linux, from 49,152 elsewhere). */
const STEADY = { first: 20_000, count: 12_000, attempts: 20 }

/**
 * A free port that no outgoing connection gets by chance. While a server on such a port is down, a client that tries to
 * reach it may be given the very port for its own end: it then talks to itself, and the server cannot come back to it.
 */
export async function steadyPort(): Promise<number> {
  for (let attempt = 0; attempt < STEADY.attempts; attempt++) {
    const wanted = STEADY.first + Math.floor(Math.random() * STEADY.count)
    const port = await freePort(wanted).catch(() => 0)
    if (port > 0) return port
  }
  return freePort(0)
}

function rememberPort(place: Place, port: number): void {
  const path = portFile(place)
  writeFileSync(path, `${port}\n`)
  // Root may start what belongs to an ordinary user, who will want to write the file too.
  if (place.account) chownSync(path, place.account.uid, place.account.gid)
}

async function freePort(wanted: number): Promise<number> {
  const probe = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  probe.on('error', reject)
  probe.listen({ port: wanted, host: '127.0.0.1' }, resolve)
  await promise
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

/**
 * After a crash another program may have got the number in postmaster.pid, and PostgreSQL would refuse to
 * start. Only the number is replaced: the file's memory key still guards against a server that lives on.
 */
function disownProcessFile(data: string): void {
  const path = join(data, 'postmaster.pid')
  const [, ...rest] = readFileSync(path, 'utf8').split('\n')
  writeFileSync(path, [NOBODY, ...rest].join('\n'))
}

function keepLogShort(place: Place): void {
  const path = logFile(place)
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.old`)
}

function hint(place: Place): string {
  const path = logFile(place)
  if (!existsSync(path)) return `There is no log at ${path}.`
  const length = Math.min(statSync(path).size, 2_000)
  const buffer = Buffer.alloc(length)
  const file = openSync(path, 'r')
  readSync(file, buffer, 0, length, statSync(path).size - length)
  closeSync(file)
  return `The log ${path} ends with:\n${buffer.toString().trim()}`
}
