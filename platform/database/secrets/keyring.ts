import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts what the database keeps and nobody who reads a dump of it may know. */
export interface Secrets {
  /** @param place where the text is kept, such as `setting.session_secret`; it opens nowhere else */
  seal(text: string, place: string): string
  /** Gives a text that is not sealed as it is: rows of earlier versions are sealed when the server starts. */
  open(stored: string, place: string): string
  /** Whether the text is sealed with the first key. */
  isCurrent(stored: string): boolean
  /** @throws where the text is sealed with a key that is not known */
  checkKey(stored: string, place: string): void
  /** Reads the keys again, after another one became the first. */
  reload(): void
}

/** What every sealed text begins with; `sealed:1:<key>:<initialisation vector, tag and text in base64url>`. */
export const sealedPrefix = 'sealed:1:'
const ivBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM with the first key; all keys open. `readKeys` is asked again when a text names a key that is not known,
 * so that a running node learns of a key that was added to its file.
 */
export function openKeyring(readKeys: () => readonly Buffer[]): Secrets {
  let keys = byId(readKeys())

  const keyOf = (id: string, place: string) => {
    if (!keys.has(id)) keys = byId(readKeys())
    const key = keys.get(id)
    if (key !== undefined) return key
    throw new Error(
      `${place} is encrypted with the key ${id}, and only ${[...keys.keys()].join(', ')} is at hand. Give the missing ` +
        'key with TESSERA_SECRET_KEY or TESSERA_SECRET_KEY_FILE; where it is lost, `tessera rotate-secrets --replace-lost`.',
    )
  }

  return {
    seal(text, place) {
      const [id, key] = [...keys][0]!
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${sealedPrefix}${id}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(stored, place) {
      if (!isSealed(stored)) return stored
      const key = keyOf(keyIdOf(stored), place)
      const bytes = Buffer.from(stored.slice(stored.lastIndexOf(':') + 1), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      try {
        return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new Error(`${place} was changed outside of Tessera and cannot be decrypted.`, { cause })
      }
    },
    isCurrent: (stored) => isSealed(stored) && keyIdOf(stored) === [...keys.keys()][0],
    checkKey(stored, place) {
      if (isSealed(stored)) keyOf(keyIdOf(stored), place)
    },
    reload() {
      keys = byId(readKeys())
    },
  }
}

export function isSealed(stored: string): boolean {
  return stored.startsWith(sealedPrefix)
}

/** Names a key without telling anything of it. */
export function idOfKey(key: Buffer): string {
  return createHash('sha256').update('tessera key ').update(key).digest('hex').slice(0, 8)
}

function keyIdOf(stored: string): string {
  return stored.split(':')[2] ?? ''
}

function byId(keys: readonly Buffer[]): ReadonlyMap<string, Buffer> {
  return new Map(keys.map((key) => [idOfKey(key), key]))
}
