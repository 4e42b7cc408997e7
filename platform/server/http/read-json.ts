import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { TesseraError } from '../../access/errors.ts'
import type { ServerEnv } from './env.ts'

/** The deepest nesting of a request's JSON. */
export const deepest = 32

/**
 * The JSON body of a request, checked against the contract. The size has been limited before.
 * @throws HTTPException 415 for another content type, TesseraError bad_request for what is not JSON in UTF-8 or is
 * nested too deep, ZodError for what is not as the contract says
 */
export async function readJson<T extends z.ZodType>(c: Context<ServerEnv>, schema: T): Promise<z.output<T>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new HTTPException(415, {
      message: `The content type is "${type || 'missing'}"; send application/json.`,
    })
  const value = parse(decode(await c.req.arrayBuffer()))
  if (isDeeper(value, deepest))
    throw new TesseraError('bad_request', `The body is nested more than ${deepest} levels deep.`)
  return schema.parse(value)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Malformed UTF-8 is refused: decoding it with replacement characters would store what nobody sent. */
function decode(bytes: ArrayBuffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new TesseraError('bad_request', 'The body is not well-formed UTF-8.', { cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const position = /position (\d+)/.exec((cause as Error).message)?.[1]
    const place = position === undefined ? '' : ` (at character ${Number(position) + 1})`
    throw new TesseraError('bad_request', `The body is not JSON${place}.`, { cause })
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}
