import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { shippedFolder } from '../../platform/cli/shipped-folder.ts'
import { buildInterface } from '../../platform/server/static/build-interface.ts'

/**
 * Seconds from the command to the first page: of an empty data folder without demonstration data, then of the same
 * again. The interface is built beforehand where it was not, and its time is told apart.
 */
export async function measureStart(): Promise<string> {
  const begun = performance.now()
  const isBuilt = await buildInterface({ root: shippedFolder, onStart: () => undefined })
  const building = isBuilt ? `build of the interface: ${seconds(begun)} s; ` : ''
  const folder = mkdtempSync(join(tmpdir(), 'tessera-start-'))
  try {
    cpSync(join(shippedFolder, 'tessera.project.json'), join(folder, 'tessera.project.json'))
    const first = await startOnce(folder)
    const later = await startOnce(folder)
    return `${building}first start of all: ${first.toFixed(1)} s (goal 15); start on existing data: ${later.toFixed(1)} s (goal 3)`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startOnce(folder: string): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const begun = performance.now()
  const main = join(shippedFolder, 'platform', 'cli', 'main.ts')
  const child = spawn(
    process.execPath,
    [main, 'start', '--project', folder, '--port', String(port), '--no-demo'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    while (performance.now() - begun < 120_000) {
      const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
      if (page?.status === 200 && (await page.text()).includes('<html'))
        return (performance.now() - begun) / 1_000
      await wait(20)
    }
    throw new Error('No page within two minutes.')
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1)
}
