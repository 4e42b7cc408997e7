import { METHOD_NAME_ALL, type Result, type Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * A router for each method. The fast one of hono takes all routes or none, and none where two of them could take one
 * path: those of another method do not keep it from the many reads.
 */
export function routerByMethod<T>(): Router<T> {
  const routes: { method: string; path: string; handler: T }[] = []
  const methods = new Set<string>()
  const byMethod = new Map<string, Router<T>>()

  /** The routes of the method and those of all methods, in the order in which they were added. */
  function routerOf(method: string): Router<T> {
    const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
    for (const route of routes)
      if (route.method === method || route.method === METHOD_NAME_ALL)
        router.add(METHOD_NAME_ALL, route.path, route.handler)
    return router
  }

  return {
    name: 'RouterByMethod',
    add(method, path, handler) {
      routes.push({ method, path, handler })
      methods.add(method)
    },
    match(method, path): Result<T> {
      // A method without routes of its own, which anybody may make up, shares one router.
      const key = methods.has(method) ? method : METHOD_NAME_ALL
      let router = byMethod.get(key)
      if (router === undefined) byMethod.set(key, (router = routerOf(key)))
      return router.match(METHOD_NAME_ALL, path)
    },
  }
}
