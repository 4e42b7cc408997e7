import { Hono } from 'hono'
import { z } from 'zod'
import { TesseraError } from '../../access/errors.ts'
import { names } from '../contract/common.ts'
import type { ServerEnv } from '../http/env.ts'
import { tenantHeader } from '../http/identify.ts'
import type { LiveEvent } from '../live/live-changes.ts'
import type { ServerParts } from '../parts.ts'

const query = z.strictObject({ objects: names.optional() })

const heartbeatMs = 15_000
/** Parts of the stream that wait for a slow reader; one who falls behind further is cut off and reads anew. */
const mostWaiting = 500
const mostListeners = 5_000

/** GET /api/changes?objects=a,b: server-sent events (WHATWG HTML, section 9.2) about what one may read. */
export function changeRoutes({ identities, live }: ServerParts): Hono<ServerEnv> {
  return new Hono<ServerEnv>().get('/', (c) => {
    const { objects } = query.parse(c.req.query())
    const { tenant, principal } = c.get('identity')
    if (live.listeners >= mostListeners)
      throw new TesseraError('unavailable', 'Too many are listening for changes on this server.')
    const credentials = { headers: c.req.raw.headers, tenant: c.req.header(tenantHeader) }
    const encoder = new TextEncoder()
    let stop = () => {}

    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          let isOpen = true
          const end = () => {
            if (!isOpen) return
            stop()
            controller.close()
          }
          const send = (text: string) => {
            if (!isOpen) return
            if ((controller.desiredSize ?? 0) <= 0) end()
            else controller.enqueue(encoder.encode(text))
          }
          const leave = live.listen({
            tenant,
            member: principal.userId,
            scopes: principal.scopes,
            objects: objects === undefined ? undefined : new Set(objects),
            tell: (event) => send(format(event)),
            end,
          })
          // A session that has ended must not go on hearing.
          const beating = setInterval(() => {
            identities.identify(credentials).then(() => send(': beat\n\n'), end)
          }, heartbeatMs)
          stop = () => {
            isOpen = false
            clearInterval(beating)
            leave()
          }
          send('retry: 2000\n\n')
        },
        cancel: () => stop(),
      },
      new CountQueuingStrategy({ highWaterMark: mostWaiting }),
    )
    return c.body(body, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
  })
}

function format({ event, data }: LiveEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
