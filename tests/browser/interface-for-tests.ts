import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildInterface } from '../../platform/server/static/build-interface.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built interface that the browser tests serve. */
    interfaceFolder: string
  }
}

const repository = join(import.meta.dirname, '../..')

/**
 * Builds the interface once for all browser tests, where its sources have changed. They are given a copy: another
 * build in the same checkout must not take the files away from a browser that is at work.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const onStart = () => process.stdout.write('Building the interface ...\n')
  await buildInterface({ root: repository, onStart })
  const folder = await mkdtemp(join(tmpdir(), 'tessera-interface-'))
  await cp(join(repository, 'ui/build'), folder, { recursive: true })
  provide('interfaceFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
