import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { limitServerMemory } from './server-memory.ts'

limitServerMemory()

// Compiled code is kept beside the packages: from the second start on, loading takes half the time.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/node'))
const { runCommandLine } = await import('./run-command-line.ts')

process.exitCode = await runCommandLine({
  args: process.argv.slice(2),
  environment: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  printError: (line) => process.stderr.write(`${line}\n`),
})
