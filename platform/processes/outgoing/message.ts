import { TesseraError } from '../../access/errors.ts'
import { isBlank, referenceId } from '../../records/values.ts'

/** A request as it is stored: everything but the address of the connection and its secrets. */
export interface OutgoingRequest {
  readonly connection: string
  readonly method: string
  /** Below the address of the connection, with the query; every value encoded. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>> | null
}

/** An e-mail as an action says it: to addresses, or to users by their ids. */
export interface Addressed {
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string
  /** Sent only to a person who agrees to it then. */
  readonly purpose?: 'marketing'
}

/** What waits to be delivered. An e-mail names addresses alone. */
export type OutgoingMessage =
  ({ readonly kind: 'request' } & OutgoingRequest) | ({ readonly kind: 'email' } & Addressed)

type Numbered = Readonly<Record<string, number>>

/** The parameters of a request, with the numbers of its expressions (link-outgoing.ts). */
export interface RequestParams {
  readonly connection: string
  readonly method: string
  readonly path: string
  readonly path_values?: Numbered
  readonly query?: Numbered
  readonly body?: Numbered
}

/**
 * A request with its values. A value of the path is one part of it: it cannot lead elsewhere.
 * @throws TesseraError event_refused where a name of the path has no value
 */
export function requestOf(params: RequestParams, value: (expression: number) => unknown): OutgoingRequest {
  const { connection, method, body } = params
  const path = params.path.replace(/\{([^}]*)\}/g, (_, name: string) =>
    partOf(name, value(params.path_values?.[name] ?? -1)),
  )
  const query = new URLSearchParams(
    Object.entries(params.query ?? {}).flatMap(([name, expression]) =>
      [value(expression)]
        .flat()
        .filter((each) => !isBlank(each))
        .map((each): [string, string] => [name, textOf(each)]),
    ),
  ).toString()
  return {
    connection,
    method,
    path: query === '' ? path : `${path}?${query}`,
    body:
      body === undefined
        ? null
        : Object.fromEntries(
            Object.entries(body).map(([name, expression]) => [name, value(expression) ?? null]),
          ),
  }
}

function partOf(name: string, value: unknown): string {
  const text = isBlank(value) ? '' : textOf(value)
  if (text !== '' && text !== '.' && text !== '..') return encodeURIComponent(text)
  throw new TesseraError(
    'event_refused',
    `A request is to be sent, but "${name}" in its path is ${text === '' ? 'blank' : `"${text}"`}.`,
  )
}

function textOf(value: unknown): string {
  if (typeof value !== 'object') return String(value)
  return referenceId(value) ?? JSON.stringify(value)
}

/** Addresses and ids of users, whether one was given or a list. */
export function recipientsOf(value: unknown): readonly string[] {
  return [value].flat().flatMap((each) => referenceId(each) ?? [])
}
