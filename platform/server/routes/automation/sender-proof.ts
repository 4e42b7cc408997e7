import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../http/same-secret.ts'

/** How old a signature may be, and how far ahead the clock of the sender, in milliseconds. */
const tolerance = 5 * 60_000

/** Whether a sender has proved that it knows the secret: it bears it, or has signed the body with it a moment ago. */
export function isProven(
  type: 'key' | 'signature',
  proof: { headers: Headers; body: string; secret: string; now: Date },
): boolean {
  const { headers, body, secret, now } = proof
  if (type === 'key') {
    const key = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
    return key !== undefined && isSameSecret(key, secret)
  }
  const [, time, signature] =
    /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headers.get('tessera-signature') ?? '') ?? []
  if (time === undefined || signature === undefined) return false
  if (Math.abs(now.getTime() - Number(time) * 1_000) > tolerance) return false
  return isSameSecret(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'), signature)
}
