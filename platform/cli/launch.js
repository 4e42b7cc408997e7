#!/usr/bin/env node
// The command `tessera`. The platform is TypeScript that Node 24 runs as it is; under an older Node this file
// hands over to the Node 24 that npm installed beside it. So it is plain JavaScript for Node 20.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('./main.ts')
} else {
  const node = join(here, '../../node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) {
    console.error(
      `Tessera needs Node 24; this is ${process.version}, and there is none at ${node}. Run npm ci.`,
    )
    process.exit(1)
  }
  const child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both processes; a signal sent to this one alone is passed on.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}
