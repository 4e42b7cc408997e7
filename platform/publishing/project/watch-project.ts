import { existsSync, watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { describeProblem, PROJECT_FILE, type PluginVocabulary } from '../../definitions/index.ts'
import type { PublishOptions } from '../apply/publish-model.ts'
import { PublishRefused } from '../apply/errors.ts'
import { projectTenants, publishProject } from './project-work.ts'

export interface WatchOptions extends Pick<PublishOptions, 'database' | 'fillSearch' | 'settleMs'> {
  readonly folder: string
  readonly shippedFolder: string
  readonly plugins?: PluginVocabulary
  print(line: string): void
  /** How long the files must have been still. */
  readonly debounceMs?: number
}

export interface Watching {
  /** Resolves when what was on the disk at the start has been published, or refused. */
  readonly isReady: Promise<void>
  /** Stops watching; resolves when a publish under way has ended. */
  close(): Promise<void>
}

const DEBOUNCE_MS = 150

/**
 * Development mode: publishes what is there, and again after each save, as long as the check finds no error and no
 * values would get out of reach; otherwise it says what is wrong, where, and what to do. Never stops by itself.
 */
export function watchProject(options: WatchOptions): Watching {
  const { folder, shippedFolder, print, debounceMs = DEBOUNCE_MS } = options
  let timer: NodeJS.Timeout | undefined
  let work = Promise.resolve()

  const publishSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(publishNext, debounceMs)
  }
  const publishNext = () => {
    work = work
      .then(() => publishAll(options))
      .catch((error: unknown) => print(`Publishing failed: ${String(error)}`))
  }
  const watchers = placesOf([folder, shippedFolder]).map((place) => watchPlace(place, publishSoon, print))
  publishNext()
  return {
    isReady: work,
    async close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      await work
    },
  }
}

/** The project file and the folders of declarations, of the project and of what ships with the platform. */
function placesOf(folders: readonly string[]): string[] {
  return [...new Set(folders)].flatMap((folder) =>
    [PROJECT_FILE, 'metadata', 'workflows']
      .map((name) => join(folder, name))
      .filter((path) => existsSync(path)),
  )
}

function watchPlace(place: string, onChange: () => void, print: (line: string) => void): FSWatcher {
  const watcher = watch(place, { recursive: true }, onChange)
  watcher.on('error', (error) => print(`${place} is not watched any more: ${error.message}`))
  return watcher
}

async function publishAll(options: WatchOptions): Promise<void> {
  const { names, problems } = projectTenants(options)
  if (names.length === 0) for (const problem of problems) options.print(describeProblem(problem))
  for (const tenant of names) await publishOne(options, tenant)
}

async function publishOne({ print, debounceMs: _, ...options }: WatchOptions, tenant: string): Promise<void> {
  const started = performance.now()
  try {
    const { problems, result } = await publishProject({ ...options, tenant, note: 'Published on save' })
    for (const problem of problems) print(describeProblem(problem))
    if (result === undefined) print(`${tenant}: not published; the version before goes on being served.`)
    else if (result.isNew)
      print(`${tenant}: version ${result.version} is served (${Math.round(performance.now() - started)} ms).`)
  } catch (error) {
    if (!(error instanceof PublishRefused)) throw error
    print(`${tenant}: not published. ${error.message}`)
    if (error.code === 'needs_consent')
      print(`Run \`tessera publish --tenant ${tenant}\` with these consents.`)
  }
}
