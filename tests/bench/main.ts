import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { serverEnvironment, serverFlags } from '../../platform/cli/server-memory.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { measureCheck } from './check-time.ts'
import { measureImport } from './import-time.ts'
import { prepareFixture, resetStates, tenant, type Fixture } from './fixture.ts'
import { handWrittenTarget, measure, operations, productTarget, type Operation, type Target } from './load.ts'
import { measureStart } from './start-time.ts'
import { measureAccess } from './access/measure-access.ts'
import { measureProcesses } from './processes/measure-processes.ts'
import { measureVerification } from './verification-time.ts'

const goals: Readonly<Record<Operation, number>> = {
  get: 0.7,
  list: 0.7,
  create: 0.5,
  update: 0.5,
  event: 0.5,
}
const seconds = Number(process.env.BENCH_SECONDS ?? 5)
const rounds = Number(process.env.BENCH_ROUNDS ?? 2)

/**
 * The product beside the hand-written limit, on the same database in the same run, in turn (A B A B), so that only
 * the ratio counts. `npm run bench -- get list` runs a part; `processes`
 * and `access` run only when they are named, and alone.
 */
const isOfProcesses = process.argv.includes('processes')
const isOfAccess = process.argv.includes('access')
const wanted = process.argv
  .slice(2)
  .filter((name): name is Operation => (operations as readonly string[]).includes(name))
const chosen = wanted.length === 0 ? operations : wanted
const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'))
// The product runs in a process of its own and opens what this one has sealed.
process.env.TESSERA_SECRET_KEY ??= randomBytes(32).toString('base64')
const database = await openDatabase({
  ...(process.env.BENCH_DATABASE_URL === undefined ? {} : { url: process.env.BENCH_DATABASE_URL }),
  project: folder,
})
const children: ChildProcess[] = []
try {
  if (isOfProcesses) await measureProcesses(database, print)
  else if (isOfAccess) await measureAccess(database, { print, start })
  else await measureAll()
} finally {
  for (const child of children) child.kill('SIGKILL')
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measureAll(): Promise<void> {
  const begun = performance.now()
  const fixture = await prepareFixture(database)
  print(`100,000 opportunities in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  // The hand-written server signs in as the tenant's own role too: the same wall for both.
  const url = await database.tenantUrl(tenant)
  const limit = await start('hand-written.ts', {
    url,
    user: fixture.user,
    team: fixture.team,
    key: fixture.key,
  })
  const product = await start('product.ts', { platformUrl: database.url })
  const ratios = await compare(fixture, limit.port, product.port)
  print(`resident memory after the run: ${Math.round((await memoryOf(product.child)) / 1e6)} MB (goal 250)`)
  for (const child of children) child.kill('SIGTERM')
  if (wanted.length === 0) {
    print(await measureImport(database, { tenant }))
    print(await measureCheck(database))
    print(measureVerification())
    print(await measureStart())
  }
  print(`bench ${chosen.map((name) => `${name} ${ratios.get(name)?.toFixed(2)}`).join(' ')}`)
}

async function compare(
  fixture: Fixture,
  limitPort: number,
  productPort: number,
): Promise<Map<Operation, number>> {
  const ratios = new Map<Operation, number>()
  const run = async (target: Target, operation: Operation, duration: number) => {
    // Requests that were on their way when the last run ended are still being worked on.
    await wait(operation === 'event' ? 2_500 : 500)
    if (operation === 'event') await resetStates(database, fixture)
    return measure(target, operation, fixture, duration)
  }
  print('operation   hand-written/s   product/s   ratio   goal')
  for (const operation of chosen) {
    const limit = handWrittenTarget(limitPort, fixture)
    const product = productTarget(productPort, fixture)
    for (const target of [limit, product]) await run(target, operation, 1)
    const sums = { limit: 0, product: 0 }
    for (let round = 0; round < rounds; round++) {
      sums.limit += await run(limit, operation, seconds)
      sums.product += await run(product, operation, seconds)
    }
    const ratio = sums.product / sums.limit
    ratios.set(operation, ratio)
    const cells = [(sums.limit / rounds).toFixed(0), (sums.product / rounds).toFixed(0)]
    print(
      `${operation.padEnd(9)} ${cells[0]?.padStart(16)} ${cells[1]?.padStart(11)} ${ratio.toFixed(2).padStart(7)} ${goals[operation].toFixed(1).padStart(6)}`,
    )
  }
  return ratios
}

async function start(file: string, settings: object): Promise<{ child: ChildProcess; port: number }> {
  // As the launcher starts the product; the other one has what Node gives it.
  const isProduct = file === 'product.ts'
  const child = fork(new URL(file, import.meta.url).pathname, {
    env: {
      ...(isProduct ? serverEnvironment : {}),
      ...process.env,
      BENCH_SETTINGS: JSON.stringify(settings),
    },
    execArgv: isProduct ? [...process.execArgv, ...serverFlags] : process.execArgv,
  })
  children.push(child)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  return { child, port }
}

async function memoryOf(child: ChildProcess): Promise<number> {
  await wait(2_000)
  return new Promise((resolve) => {
    child.once('message', (message) => resolve((message as { memory: number }).memory))
    child.send('memory')
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
