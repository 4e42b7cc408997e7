import autocannon from 'autocannon'
import type { Fixture } from './fixture.ts'

export const operations = ['get', 'list', 'create', 'update', 'event'] as const
export type Operation = (typeof operations)[number]

const connections = 16

export interface Target {
  readonly port: number
  /** Where the opportunities are: `/opportunities`, or `/api/records/opportunity`. */
  readonly path: string
  readonly listQuery: string
  readonly headers: Readonly<Record<string, string>>
}

export function handWrittenTarget(port: number, fixture: Fixture): Target {
  return { port, path: '/opportunities', listQuery: '', headers: { authorization: `Bearer ${fixture.key}` } }
}

export function productTarget(port: number, fixture: Fixture): Target {
  return {
    port,
    path: '/api/records/opportunity',
    listQuery: '?expand=account,owner&limit=50',
    headers: { authorization: `Bearer ${fixture.key}`, 'tessera-tenant': 'main' },
  }
}

/** Requests a second at 16 connections. @throws where a request was refused: such a figure means nothing */
export async function measure(
  target: Target,
  operation: Operation,
  fixture: Fixture,
  seconds: number,
): Promise<number> {
  let client = 0
  const result = await autocannon({
    url: `http://127.0.0.1:${target.port}`,
    connections,
    duration: seconds,
    headers: { ...target.headers, 'content-type': 'application/json' },
    setupClient(each) {
      each.setRequests(requestsOf(target, operation, fixture, client++) as never)
    },
  })
  const refused = result.non2xx + result.errors + result.timeouts
  if (refused > 0)
    throw new Error(
      `${operation} at ${target.path}: ${refused} of ${result.requests.total} requests were refused.`,
    )
  return result.requests.total / result.duration
}

/** Each connection works on records of its own, so that none waits for another's lock or finds another's state. */
function requestsOf({ path, listQuery }: Target, operation: Operation, fixture: Fixture, client: number) {
  const mine = fixture.own.filter((_, at) => at % connections === client % connections)
  const body = (value: unknown) => JSON.stringify(value)
  switch (operation) {
    case 'get':
      return mine.map((id) => ({ method: 'GET', path: `${path}/${id}` }))
    case 'list':
      return [{ method: 'GET', path: `${path}${listQuery}` }]
    case 'create':
      return fixture.accounts
        .filter((_, at) => at % connections === client % connections)
        .map((account, at) => ({
          method: 'POST',
          path,
          body: body({
            title: `New ${at}`,
            account,
            amount: { amount: '1200.50', currency: 'USD' },
            expected_close_on: '2027-03-01',
            next_step: 'Call',
          }),
        }))
    case 'update':
      return mine.flatMap((id, at) => [
        { method: 'PATCH', path: `${path}/${id}`, body: body({ next_step: `Call again ${at}` }) },
        { method: 'PATCH', path: `${path}/${id}`, body: body({ next_step: `Write again ${at}` }) },
      ])
    case 'event':
      return mine.flatMap((id) => [
        {
          method: 'POST',
          path: `${path}/${id}/events/propose`,
          body: body({
            values: { amount: { amount: '900.00', currency: 'USD' }, expected_close_on: '2027-02-01' },
          }),
        },
        { method: 'POST', path: `${path}/${id}/events/step_back`, body: body({ values: {} }) },
      ])
  }
}
