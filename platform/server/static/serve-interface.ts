import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import type { ServerEnv } from '../http/env.ts'

/** Vite writes a hash into the names of files in this folder, so they never change. */
const hashed = '/_app/immutable/'

const waitingPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>Tessera</title></head><body style="font:15px system-ui;display:grid;place-items:center;height:90vh;color-scheme:light dark">
<p>The interface is being built; this page shows it in a moment. 界面正在构建，请稍候。</p></body></html>`

/**
 * The built interface: files as they are (compressed where they were built so), and the one page for every other
 * address, since the page finds its way by itself. While it is being built, a page says so.
 */
export function interfaceRoutes(folder: string): Hono<ServerEnv> {
  const page = join(folder, 'index.html')
  // Made when there is something to serve: a folder that is missing then is complained about on the console.
  let serving: ReturnType<typeof serveFrom> | undefined
  const built = () => (existsSync(page) ? (serving ??= serveFrom(folder, page)) : undefined)
  const routes = new Hono<ServerEnv>()
  routes.get('*', (c, next) => built()?.files(c, next) ?? next())
  routes.get('*', (c, next) => {
    // A missing file with a hash is of an older build; the page in its place would be taken for a script.
    if (c.req.path.startsWith('/_app/')) return next()
    return (
      built()?.page(c, next) ??
      Promise.resolve(c.html(waitingPage, 503, { 'cache-control': 'no-store', 'retry-after': '3' }))
    )
  })
  return routes
}

function serveFrom(folder: string, page: string) {
  return {
    files: serveStatic<ServerEnv>({
      root: folder,
      precompressed: true,
      onFound: (_path, c) => c.header('cache-control', cacheOf(c)),
    }),
    page: serveStatic<ServerEnv>({
      path: page,
      precompressed: true,
      onFound: (_path, c) => c.header('cache-control', 'no-cache'),
    }),
  }
}

function cacheOf(c: Context): string {
  return c.req.path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
