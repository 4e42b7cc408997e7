import { createHmac, timingSafeEqual } from 'node:crypto'
import { isRecordId } from '../../records/index.ts'

/** Whose consent a link withdraws. */
export interface Subscribed {
  readonly tenant: string
  readonly object: string
  readonly record: string
}

/** The address at which a consent is withdrawn without signing in; signed, so that nobody can make one for others. */
export function unsubscribeLink(of: Subscribed, { url, secret }: { url: URL; secret: string }): string {
  const { tenant, object, record } = of
  const link = new URL(`/api/unsubscribe/${encodeURIComponent(tenant)}/${object}/${record}`, url)
  link.searchParams.set('signature', signatureOf(of, secret).toString('base64url'))
  return link.href
}

/** Whether the server made the link. */
export function isSigned(
  of: Subscribed,
  { signature, secret }: { signature: string; secret: string },
): boolean {
  const given = Buffer.from(signature, 'base64url')
  const right = signatureOf(of, secret)
  return isRecordId(of.record) && given.length === right.length && timingSafeEqual(given, right)
}

/** With a key of its own: what is signed here opens nothing else. */
function signatureOf({ tenant, object, record }: Subscribed, secret: string): Buffer {
  const key = createHmac('sha256', secret).update('unsubscribe').digest()
  return createHmac('sha256', key)
    .update(JSON.stringify([tenant, object, record]))
    .digest()
}
