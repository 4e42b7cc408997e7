import type { ConnectionDocument } from '../documents.generated.ts'
import type { ConnectionModel } from '../model/connection.ts'
import { inside, type Address, type ProblemList } from '../model/problem-list.ts'

const second = 1_000
const longestTimeoutMs = 60 * second

/** Headers that belong to the sending itself. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'transfer-encoding',
])

/** A connection with its defaults. Its address must be one, and headers cannot take the place of those that are sent anyway. */
export function linkConnection(
  problems: ProblemList,
  name: string,
  document: Readonly<Record<string, unknown>>,
): ConnectionModel {
  const declared = document as unknown as ConnectionDocument
  const at: Address = { kind: 'connection', name, path: [] }
  checkAddress(problems, declared, inside(at, 'base_url'))
  for (const header of Object.keys(declared.headers ?? {}))
    if (ownHeaders.has(header.toLowerCase()))
      problems.error({
        at: { ...inside(at, 'headers', header), isKey: true },
        code: 'reserved_header',
        message: `The header "${header}" is set by the platform itself.`,
        remedy: 'Remove it.',
      })
  const { base_url: url, retry } = declared
  const timeoutMs = elapsed(declared.timeout, 10 * second)
  if (timeoutMs > longestTimeoutMs)
    problems.error({
      at: inside(at, 'timeout'),
      code: 'timeout',
      message: `An answer may take at most a minute, not ${declared.timeout}.`,
      remedy: 'Write PT1M or less; who needs longer answers at once and calls back.',
    })
  return {
    name,
    label: declared.label,
    baseUrl: url.endsWith('/') ? url : `${url}/`,
    methods: new Set(declared.methods),
    headers: new Map(
      Object.entries(declared.headers ?? {}).map(([header, { secret, prefix = '' }]) => [
        header,
        { secret, prefix },
      ]),
    ),
    timeoutMs,
    hasPrivateAddresses: declared.private_addresses === true,
    retry: {
      attempts: retry?.attempts ?? 10,
      firstMs: elapsed(retry?.first, 15 * second),
      longestMs: elapsed(retry?.longest, 3_600 * second),
    },
  }
}

function checkAddress(problems: ProblemList, declared: ConnectionDocument, at: Address): void {
  const url = URL.parse(declared.base_url)
  if (url === null)
    problems.error({
      at,
      code: 'address',
      message: `"${declared.base_url}" is not a web address.`,
      remedy: 'Write one such as `https://erp.example.com/api/`.',
    })
  else if (url.protocol === 'http:' && declared.private_addresses !== true)
    problems.error({
      at,
      code: 'plain_http',
      message: `Requests to ${url.host} would travel unencrypted, secrets included.`,
      remedy: 'Use https; or say "private_addresses": true for a host of the own network.',
    })
}

/** Milliseconds of `PT10S`. */
function elapsed(text: string | undefined, otherwise: number): number {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text ?? '')
  if (parts === null) return otherwise
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return ((hours * 60 + minutes) * 60 + seconds) * second
}
