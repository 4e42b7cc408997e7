import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { routerByMethod } from './router-by-method.ts'

const app = new Hono({ router: routerByMethod() })
app.use(async (c, next) => {
  await next()
  c.res.headers.set('passed', 'all')
})
app.get('/things/:id', (c) => c.text(`get ${c.req.param('id')}`))
app.post('/things/query', (c) => c.text('query'))
app.post('/things/:id/parts/:part', (c) => c.text(`${c.req.param('id')} ${c.req.param('part')}`))
app.all('/other/*', (c) => c.text(`other ${c.req.method}`))
app.get('/api/work/:id/log', (c) => c.text(`log ${c.req.param('id')}`))
app.get('/api/work/count', (c) => c.text('count'))
app.get('/api/:kind/all', (c) => c.text(`all ${c.req.param('kind')}`))

const ask = async (method: string, path: string) => {
  const answer = await app.request(path, { method })
  return [answer.status, answer.headers.get('passed'), method === 'HEAD' ? '' : await answer.text()]
}

it.each([
  ['GET', '/things/7', [200, 'all', 'get 7']],
  ['GET', '/things/query', [200, 'all', 'get query']],
  ['POST', '/things/query', [200, 'all', 'query']],
  ['POST', '/things/7/parts/8', [200, 'all', '7 8']],
  ['POST', '/things/7', [404, 'all', '404 Not Found']],
  ['HEAD', '/things/7', [200, 'all', '']],
  ['PURGE', '/other/x', [200, 'all', 'other PURGE']],
  ['GET', '/api/work/count', [200, 'all', 'count']],
  ['GET', '/api/work/7/log', [200, 'all', 'log 7']],
  ['GET', '/api/work/all', [200, 'all', 'all work']],
  ['GET', '/api/made-up/all', [200, 'all', 'all made-up']],
  ['GET', '/api/made-up', [404, 'all', '404 Not Found']],
  ['MADE_UP', '/things/7', [404, 'all', '404 Not Found']],
])('finds for %s %s what is routed there', async (method, path, answer) => {
  expect(await ask(method, path)).toEqual(answer)
})
