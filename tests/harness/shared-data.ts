import { existsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../shared/data')

/**
 * Path of a file or folder of the data that lies beside the repository on the machines where it is built, or
 * undefined elsewhere. Use it with `describe.skipIf(!path)`; one line says what is passed over.
 */
export function sharedData(path: string): string | undefined {
  const full = join(FOLDER, path)
  if (existsSync(full)) return full
  process.stdout.write(`Passed over: the data ${path} is not on this machine.\n`)
  return undefined
}
