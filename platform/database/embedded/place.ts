import { existsSync } from 'node:fs'
import { chown, cp, mkdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { basename, dirname, join, resolve } from 'node:path'
import { accountForServer, mayEnter, type Account } from './account.ts'
import { binariesIn, findBinaries, type Binaries } from './binaries.ts'

/** Where a server lives and as whom it runs. */
export interface Place {
  /** The path inside the project; a link when the data had to go elsewhere. */
  readonly link: string
  /** The folder that is made and moved as a whole; everything of the server is in it. */
  readonly folder: string
  readonly account: Account | undefined
  readonly binaries: Binaries
  /** One line for the person at the terminal when the data is not inside the project. */
  readonly notice: string | undefined
}

const SHARED = '/var/lib/tessera'

/**
 * Decides where the server of a project lives: `.tessera/postgres` in the project, or, when Tessera runs as
 * root and the account of the server cannot enter the project, a folder under /var/lib/tessera to which
 * `.tessera/postgres` is a link. A data folder that exists stays where it is.
 */
export async function findPlace(project: string): Promise<Place> {
  const link = join(resolve(project), '.tessera', 'postgres')
  await mkdir(dirname(link), { recursive: true })
  const existing = await followLink(link)
  const account = accountForServer(existing ? await ownerOf(existing) : undefined)
  const inside = join(await realpath(dirname(link)), 'postgres')
  const folder = existing ?? (await newFolder(inside, account))
  const notice =
    folder === inside
      ? undefined
      : `The database is in ${folder}: PostgreSQL does not run as root, and its own account may not enter ${project}.`
  return { link: inside, folder, account, binaries: await reachableBinaries(account), notice }
}

/** The folder that exists behind the path, if any. A link to nothing is an error: its data may be unmounted. */
async function followLink(link: string): Promise<string | undefined> {
  try {
    return await realpath(link)
  } catch {
    const target = await readlink(link).catch(() => undefined)
    if (target === undefined) return undefined
    throw new Error(
      `The database of this project is in ${target}, which is gone. Bring the folder back, or delete the link ` +
        `${link} to begin with an empty database.`,
    )
  }
}

async function ownerOf(path: string): Promise<Account> {
  const { uid, gid } = await stat(path)
  return { uid, gid }
}

async function newFolder(inside: string, account: Account | undefined): Promise<string> {
  if (mayEnter(account, dirname(inside))) return inside
  const project = basename(dirname(dirname(inside))).replace(/[^\w-]/g, '') || 'project'
  await mkdir(SHARED, { recursive: true, mode: 0o755 })
  return join(SHARED, `${project}-${randomBytes(4).toString('hex')}`)
}

async function reachableBinaries(account: Account | undefined): Promise<Binaries> {
  const installed = findBinaries()
  if (mayEnter(account, installed.postgres)) return installed
  const target = join(SHARED, `postgresql-${installed.version}`)
  if (!existsSync(target)) await copyWhole(installed.folder, target)
  const copied = binariesIn(target, installed.version)
  if (mayEnter(account, copied.postgres)) return copied
  throw new Error(
    `PostgreSQL cannot be run from ${target}: its account may not enter the folder. ` +
      'Make the folder enterable (chmod a+rx), or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

/** Copies beside the target and renames, so that no other process ever sees half a copy. */
async function copyWhole(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o755 })
  const draft = `${target}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  // verbatimSymlinks: the libraries link to each other by relative names.
  await cp(source, draft, { recursive: true, verbatimSymlinks: true })
  await chown(draft, 0, 0)
  try {
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}
