import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { oneAtATime } from './one-at-a-time.ts'

/** What does not change the result: earlier results, and what tools keep beside the sources. */
const passedOver = new Set(['build', '.svelte-kit', 'node_modules'])

/**
 * Builds the interface from its sources where that has not been done yet, or where they have changed since. It takes
 * the place of an older one at once, when it is whole; several processes that want it build it once.
 * @returns whether it was built
 * @throws with the last words of the build when it fails
 */
export async function buildInterface({
  root,
  onStart,
}: {
  /** Folder of the platform, with ui/ in it. */
  root: string
  onStart(): void
}): Promise<boolean> {
  const folder = join(root, 'ui')
  if (isBuilt(folder, hashOfSources(root))) return false
  // SvelteKit's own folder: nothing in it counts as a source, and it is on the same disk as the result.
  const workshop = join(folder, '.svelte-kit')
  mkdirSync(workshop, { recursive: true })
  return oneAtATime(join(workshop, 'building'), async () => {
    const sources = hashOfSources(root)
    if (isBuilt(folder, sources)) return false
    onStart()
    const [draft, older] = [join(workshop, 'draft'), join(workshop, 'older')]
    await runVite({ root, folder, draft })
    writeFileSync(join(draft, '.sources'), sources)
    rmSync(older, { recursive: true, force: true })
    if (existsSync(join(folder, 'build'))) renameSync(join(folder, 'build'), older)
    renameSync(draft, join(folder, 'build'))
    rmSync(older, { recursive: true, force: true })
    return true
  })
}

function isBuilt(folder: string, sources: string): boolean {
  const mark = join(folder, 'build', '.sources')
  return (
    existsSync(join(folder, 'build', 'index.html')) &&
    existsSync(mark) &&
    readFileSync(mark, 'utf8') === sources
  )
}

function hashOfSources(root: string): string {
  const hash = createHash('sha256')
  const files = [
    ...filesIn(join(root, 'ui')),
    // The one part of the platform that the interface contains.
    ...filesIn(join(root, 'platform', 'language')),
    join(root, 'package-lock.json'),
  ]
  for (const file of files.filter(existsSync).sort())
    hash.update(relative(root, file)).update(readFileSync(file))
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (passedOver.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** In a process of its own: the server goes on answering meanwhile, and the memory of the build goes with it. */
function runVite({ root, folder, draft }: { root: string; folder: string; draft: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', TESSERA_INTERFACE_FOLDER: draft },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    for (const stream of [vite.stdout, vite.stderr])
      stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4_000)))
    const stop = () => vite.kill()
    process.once('exit', stop)
    vite.once('error', reject)
    vite.once('close', (code) => {
      process.off('exit', stop)
      if (code === 0) resolve()
      else reject(new Error(`The interface could not be built:\n${words.trim()}`))
    })
  })
}
