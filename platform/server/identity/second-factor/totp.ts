import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** As authenticator apps expect them: SHA-1, six digits, a new code every 30 seconds (RFC 6238). */
const stepSeconds = 30
const digits = 6
/** Clocks of phones go wrong by a little: the code before and the one after are accepted as well. */
const tolerance = [0, -1, 1]

/** A new secret of 160 bits in base32 (RFC 4226, 4). */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20))
}

/** What the QR code says: the format that authenticator apps read. */
export function totpUri({
  secret,
  email,
  issuer,
}: {
  secret: string
  email: string
  issuer: string
}): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

/** The time step whose code this is; undefined where it is none of now. */
export function stepOfCode({
  secret,
  code,
  now,
}: {
  secret: string
  code: string
  now: Date
}): number | undefined {
  const current = Math.floor(now.getTime() / 1_000 / stepSeconds)
  const given = Buffer.from(code.replaceAll(/\s/g, ''))
  return tolerance
    .map((offset) => current + offset)
    .find((step) => {
      const expected = Buffer.from(totpAt(secret, step))
      return expected.length === given.length && timingSafeEqual(expected, given)
    })
}

/** The code of a time step (RFC 4226, 5.3). */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = hash.at(-1)! & 0xf
  const number = hash.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
