import { METHOD_NAME_ALL, type Result, type Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * A router for each method and area (`/api/records`). The fast one of hono takes all routes or none, and none where two
 * of them could take one path (`/work-items/count` and `/work-items/:id/log`): those of another method or area do not
 * keep it from the many reads of records.
 */
export function routerByMethod<T>(): Router<T> {
  const routes: { method: string; path: string; handler: T }[] = []
  const methods = new Set<string>()
  const areas = new Set<string>()
  const routers = new Map<string, Router<T>>()

  /** The routes of the method and the area and those of all, in the order in which they were added. */
  function routerOf(method: string, area: string): Router<T> {
    const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
    for (const route of routes)
      if ((route.method === method || route.method === METHOD_NAME_ALL) && mayLieIn(route.path, area))
        router.add(METHOD_NAME_ALL, route.path, route.handler)
    return router
  }

  return {
    name: 'RouterByMethod',
    add(method, path, handler) {
      routes.push({ method, path, handler })
      methods.add(method)
      const area = areaOf(path)
      if (!/[:*]/.test(area)) areas.add(area)
    },
    match(method, path): Result<T> {
      // Methods and areas without routes of their own, which anybody may make up, share one router.
      const known = methods.has(method) ? method : METHOD_NAME_ALL
      const area = areaOf(path)
      const key = `${known} ${areas.has(area) ? area : ''}`
      let router = routers.get(key)
      if (router === undefined) routers.set(key, (router = routerOf(known, areas.has(area) ? area : '')))
      return router.match(METHOD_NAME_ALL, path)
    },
  }
}

/** The first two parts of a path: `/api/records` of `/api/records/deal/7`. */
function areaOf(path: string): string {
  const second = path.indexOf('/', 1)
  if (second < 0) return path
  const third = path.indexOf('/', second + 1)
  return third < 0 ? path : path.slice(0, third)
}

/** Whether a route could take a path of an area; every route could where no area is given. */
function mayLieIn(route: string, area: string): boolean {
  if (area === '') return true
  const parts = route.split('/')
  for (const [at, part] of area.split('/').entries()) {
    const own = parts[at]
    if (own === '*') return true
    if (own === undefined || (own !== part && !own.startsWith(':'))) return false
  }
  return true
}
