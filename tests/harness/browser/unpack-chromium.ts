import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** The Chromium that npm installed, unpacked. */
export interface Chromium {
  readonly executable: string
  /** Folder of its own Latin fonts. */
  readonly fonts: string
  /** Folder with the system libraries it needs, for machines that lack them. */
  readonly libraries: string
}

const REPOSITORY = join(import.meta.dirname, '../../..')

/**
 * Unpacks the Chromium of @sparticuz/chromium once into node_modules/.cache (200 MB, a few seconds). Safe when
 * several processes want it at once.
 */
export async function unpackChromium(): Promise<Chromium> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = join(dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const folder = join(REPOSITORY, 'node_modules/.cache', `chromium-${version}`)
  if (!existsSync(folder)) await unpackInto(folder, root)
  return {
    executable: join(folder, 'chromium'),
    fonts: join(folder, 'fonts/fonts'),
    libraries: join(folder, 'al2023/lib'),
  }
}

async function unpackInto(folder: string, root: string): Promise<void> {
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  // The package unpacks into the temporary folder of its process, so it gets a process with one of its own.
  const script = `
    const { default: chromium, inflate } = await import(${JSON.stringify(join(root, 'build/index.js'))})
    await chromium.executablePath()
    await inflate(${JSON.stringify(join(root, 'bin/al2023.tar.br'))})`
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TMPDIR: draft, TMP: draft, TEMP: draft },
    })
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}
