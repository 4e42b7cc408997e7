import type { Context } from 'hono'
import type { AttachmentRow } from '../../records/index.ts'
import type { ServerEnv } from './env.ts'

/**
 * Answers with a file to be saved. Nobody knows what is in it, so no browser may show it as a page of ours: it is an
 * attachment (RFC 6266), of the type that it came with unless a browser would run that, and in a sandbox if opened anyway.
 */
export function answerFile(
  c: Context<ServerEnv>,
  { file_name: name, media_type: type, size }: AttachmentRow,
  bytes: AsyncGenerator<Uint8Array, void>,
): Response {
  const { dataHeaders, requestId } = c.var
  c.set('isHeaded', true)
  return new Response(streamOf(bytes), {
    headers: {
      ...dataHeaders,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'content-type': isActive.test(type) ? 'application/octet-stream' : type,
      'content-length': String(size),
      'content-disposition': dispositionOf(name),
      'cache-control': 'private, no-store',
      'x-request-id': requestId,
    },
  })
}

/** Types that a browser draws as a page or runs, by the words in their names: image/svg+xml, text/html, multipart/mixed. */
const isActive = /\b(?:x?html?|svg|xml|xslt?|xul|\w*script|multipart|wasm)\b/

/** An attachment under its name: as it is by RFC 8187, and in ASCII for readers that do not know that. */
export function dispositionOf(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["%;\\]/gu, '_')
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, hexadecimal)
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}

const hexadecimal = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Reads on when the reader is ready for more. */
function streamOf(bytes: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await bytes.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await bytes.return()
      },
    },
    { highWaterMark: 0 },
  )
}
