import { Hono } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { clientAddress, isLoopback } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { isSameSecret } from '../http/same-secret.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { ServerSettings } from '../settings.ts'

/** GET /metrics: for this machine, and for who bears TESSERA_METRICS_TOKEN. */
export function metricsRoutes(metrics: Metrics, settings: ServerSettings): Hono<ServerEnv> {
  return new Hono<ServerEnv>().get('/metrics', async (c) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const isKnown =
      settings.metricsToken === undefined
        ? isLoopback(clientAddress(c, settings))
        : token !== undefined && isSameSecret(token, settings.metricsToken)
    if (!isKnown) throw new TesseraError('not_found', 'There is nothing here.')
    const { text, type } = await metrics.read()
    return c.body(text, 200, { 'content-type': type, 'cache-control': 'no-store' })
  })
}
