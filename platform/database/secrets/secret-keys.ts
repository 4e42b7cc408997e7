import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Where the keys come from that encrypt secrets at rest. */
export interface KeySource {
  /** The first one encrypts, all of them decrypt. */
  read(): readonly Buffer[]
  /** Lines for the person at the terminal. */
  readonly notices: readonly string[]
  /** The file that holds the keys; undefined where they stand in the environment. */
  readonly file: string | undefined
}

/**
 * TESSERA_SECRET_KEY, the file that TESSERA_SECRET_KEY_FILE names, or a key that is made once in the data folder.
 * In production with a database elsewhere none is made: the data folder of a container goes, and the key with it.
 * @throws when no key is given there, or one is not 32 bytes
 */
export function findKeys({
  environment,
  project,
  isEmbedded,
}: {
  environment: NodeJS.ProcessEnv
  project: string
  isEmbedded: boolean
}): KeySource {
  const { TESSERA_SECRET_KEY: given, TESSERA_SECRET_KEY_FILE: named, NODE_ENV } = environment
  if (given) {
    const keys = keysIn(given, 'TESSERA_SECRET_KEY')
    return { read: () => keys, notices: [], file: undefined }
  }
  const file = named ? resolve(named) : join(resolve(project), '.tessera', 'secret.key')
  if (named || existsSync(file)) return fromFile(file, [])
  if (!isEmbedded && NODE_ENV === 'production') throw new Error(lackingKey)
  makeKey(file)
  return fromFile(
    file,
    isEmbedded
      ? []
      : [
          `Secrets in the database are encrypted with the key in ${file}, made just now. Keep a copy of it elsewhere, and`,
          'give it to every other node with TESSERA_SECRET_KEY or TESSERA_SECRET_KEY_FILE (docs/sign-in.md).',
        ],
  )
}

/** Puts a new key before those of the file. */
export function addKey(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${newKey()}\n${readFileSync(file, 'utf8')}`, { mode: 0o600 })
  renameSync(draft, file)
}

const lackingKey =
  'No key is given that encrypts the secrets in the database. Make one with `openssl rand -base64 32` and give it to ' +
  'all nodes as TESSERA_SECRET_KEY, or the file with it as TESSERA_SECRET_KEY_FILE. Keep a copy apart from the backups.'

function fromFile(file: string, notices: readonly string[]): KeySource {
  const read = () => keysIn(readFileSync(file, 'utf8'), file)
  read()
  return { read, notices, file }
}

/** Appears as a whole, and once: processes that start at the same time use the same key. */
function makeKey(file: string): void {
  // Not closed to others: PostgreSQL's own account has to pass through the folder to its data.
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${newKey()}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64')
}

/** Keys apart by commas or blanks; each of 32 bytes as base64 or hexadecimal. */
function keysIn(text: string, place: string): readonly Buffer[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0) throw new Error(`${place} holds no key. Make one with \`openssl rand -base64 32\`.`)
  return words.map((word, at) => {
    const key = Buffer.from(word, /^[0-9a-f]{64}$/i.test(word) ? 'hex' : 'base64')
    if (key.length === 32) return key
    throw new Error(
      `Key ${at + 1} in ${place} has ${key.length} bytes; it takes 32 as base64. Make one with \`openssl rand -base64 32\`.`,
    )
  })
}
