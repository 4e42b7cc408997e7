import autocannon from 'autocannon'
import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../../../platform/database/index.ts'
import { prepareAccess, tenant, type Viewer } from './fixture.ts'

type Read = 'list' | 'get'
type Start = (file: string, settings: object) => Promise<{ port: number }>

const seconds = Number(process.env.BENCH_SECONDS ?? 4)
const rounds = Number(process.env.BENCH_ROUNDS ?? 2)
const connections = 16

/**
 * Lists of 50 and single records for people at every place of the reporting line: beside somebody who may see all (the
 * rules off), and beside the same condition by hand.
 */
export async function measureAccess(
  database: Database,
  { print, start }: { print: (line: string) => void; start: Start },
): Promise<void> {
  const begun = performance.now()
  const viewers = await prepareAccess(database)
  print(`1,000,000 deals, 10,000 people, 5 levels in ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
  const url = await database.tenantUrl(tenant)
  const limit = await start('access/hand-written.ts', {
    url,
    viewers: viewers.map(({ id, key, name, reach }) => ({ id, key, name, reach })),
  })
  const product = await start('product.ts', { platformUrl: database.url })
  const [all, ...others] = viewers as readonly [Viewer, ...Viewer[]]
  const worst: Record<string, number> = {}
  print(
    'who                 records   read   by hand/s   product/s   of the limit   rules off/s   of rules off',
  )
  for (const viewer of others)
    for (const read of ['list', 'get'] as const) {
      const sums = { limit: 0, product: 0, off: 0 }
      const places = [
        { name: 'limit', port: limit.port, who: viewer, isProduct: false },
        { name: 'product', port: product.port, who: viewer, isProduct: true },
        { name: 'off', port: product.port, who: all, isProduct: true },
      ] as const
      for (const place of places) await throughput({ ...place, read, duration: 1 })
      for (let round = 0; round < rounds; round++)
        for (const place of places)
          sums[place.name] += (await throughput({ ...place, read, duration: seconds })) / rounds
      const ofLimit = sums.product / sums.limit
      const ofOff = sums.product / sums.off
      worst[`${read}/limit`] = Math.min(worst[`${read}/limit`] ?? Infinity, ofLimit)
      worst[`${read}/off`] = Math.min(worst[`${read}/off`] ?? Infinity, ofOff)
      print(
        `${viewer.name.padEnd(18)} ${String(viewer.sees).padStart(8)}   ${read.padEnd(4)} ${sums.limit.toFixed(0).padStart(11)} ` +
          `${sums.product.toFixed(0).padStart(11)} ${ofLimit.toFixed(2).padStart(14)} ${sums.off.toFixed(0).padStart(13)} ${ofOff.toFixed(2).padStart(14)}`,
      )
    }
  const figures = Object.entries(worst).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`)
  print(`bench access, the lowest of each: ${figures.join(' ')} (goals: limit 0.7, off 0.8)`)
}

/** Requests a second. @throws where a request was refused: such a figure means nothing */
async function throughput({
  port,
  who,
  isProduct,
  read,
  duration,
}: {
  port: number
  who: Viewer
  isProduct: boolean
  read: Read
  duration: number
}): Promise<number> {
  await wait(300)
  const root = isProduct ? '/api/records/deal' : '/deals'
  const list = isProduct ? `${root}?expand=client,owner&limit=50` : root
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration,
    headers: { authorization: `Bearer ${who.key}`, 'tessera-tenant': tenant },
    setupClient(each) {
      const paths = read === 'list' ? [list] : who.some.map((id) => `${root}/${id}`)
      each.setRequests(paths.map((path) => ({ method: 'GET', path })) as never)
    },
  })
  const refused = result.non2xx + result.errors + result.timeouts
  if (refused > 0)
    throw new Error(
      `${read} for ${who.name} at ${root}: ${refused} of ${result.requests.total} were refused.`,
    )
  return result.requests.total / result.duration
}
