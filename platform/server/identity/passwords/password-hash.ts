import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Argon2id as the OWASP cheat sheet of password storage asks for at the least: 19 MiB, two passes, one lane. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 } as const
const saltBytes = 16
const hashBytes = 32

/** The hash as a PHC string, which says how it was made: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, { ...parameters, salt, length: hashBytes })
  return `${prefix}${unpadded(salt)}$${unpadded(hash)}`
}

/** Whether the password is the one that was hashed, now or by an earlier version (scrypt of better-auth). */
export async function verifyPassword({
  hash,
  password,
}: {
  hash: string
  password: string
}): Promise<boolean> {
  const [, , , cost = '', salt = '', stored = ''] = hash.split('$')
  if (!hash.startsWith('$argon2id$')) {
    const { verifyPassword: verifyScrypt } = await import('better-auth/crypto')
    return verifyScrypt({ hash, password })
  }
  const { m, t, p } = Object.fromEntries(cost.split(',').map((pair) => pair.split('='))) as Record<
    string,
    string
  >
  const expected = Buffer.from(stored, 'base64')
  const found = await derive(password, {
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    salt: Buffer.from(salt, 'base64'),
    length: expected.length,
  })
  return timingSafeEqual(found, expected)
}

/** Takes as long as a true check, so that the time does not tell whether an account exists. */
export async function pretendToVerify(password: string): Promise<false> {
  await derive(password, { ...parameters, salt: Buffer.alloc(saltBytes), length: hashBytes })
  return false
}

/** Whether the hash was made with other parameters than those of today. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(prefix)
}

const { memory, passes, parallelism } = parameters
const prefix = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`

function derive(
  password: string,
  {
    length,
    salt,
    ...cost
  }: { memory: number; passes: number; parallelism: number; salt: Buffer; length: number },
): Promise<Buffer> {
  // The same letters may be typed as different code points (NIST SP 800-63B, 3.1.1.2).
  const message = password.normalize('NFKC')
  return new Promise((resolve, reject) =>
    argon2('argon2id', { message, nonce: salt, tagLength: length, ...cost }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    ),
  )
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
