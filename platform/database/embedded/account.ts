import { spawn, spawnSync } from 'node:child_process'

/** A system account under which PostgreSQL runs when Tessera itself runs as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** How a finished program ended. */
export interface Outcome {
  readonly code: number | null
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string
}

/**
 * The account for the server: undefined for an ordinary user (PostgreSQL runs as the user), otherwise the
 * owner of an existing data folder, or the account `postgres`, or a system account `tessera` made for it,
 * because PostgreSQL refuses to run as root.
 */
export function accountForServer(owner?: Account): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (owner && owner.uid !== 0) return owner
  const known = lookUp('postgres') ?? lookUp('tessera')
  if (known) return known
  spawnSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'tessera'])
  const made = lookUp('tessera')
  if (made) return made
  throw new Error(
    'PostgreSQL refuses to run as root, and no account could be made for it. Create one (`useradd --system ' +
      'tessera`), start Tessera as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

/** Whether the account may enter (folder) or run (file) the path. */
export function mayEnter(account: Account | undefined, path: string): boolean {
  if (!account) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }).status === 0
}

/**
 * Runs a program to its end under the account.
 * @param input what is written to its standard input
 */
export async function runAs(
  account: Account | undefined,
  { program, args, input = '' }: { program: string; args: readonly string[]; input?: string },
): Promise<Outcome> {
  const child = spawn(program, args, { ...account, cwd: '/', env: cleanEnvironment(), windowsHide: true })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  // A program that ends before it reads its input is judged by its exit code, not by the broken pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  child.on('error', reject)
  // 'exit' and not 'close': the server that pg_ctl leaves behind would hold the pipes open.
  child.on('exit', (code) => setImmediate(() => resolve({ code, output })))
  const outcome = await promise
  child.stdout.destroy()
  child.stderr.destroy()
  return outcome
}

/** PGPORT and its like would change what the programs do; the C locale keeps their messages in English. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  )
  return { ...Object.fromEntries(kept), LC_ALL: 'C', LANG: 'C' }
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const uid = id('-u')
  if (uid.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(id('-g').stdout) }
}
