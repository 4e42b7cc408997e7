/**
 * How V8 keeps the memory of a server that runs for weeks. Left alone it lets garbage grow to several times of what is
 * in use where there is room, 400 MB for 45 MB under load; docs/decisions/memory-of-the-server.md has the figures.
 */
export const serverFlags = ['--max-semi-space-size=8', '--heap-growing-percent=80'] as const

/**
 * The C library (glibc) keeps an arena of freed memory for each of Node's threads, some tens of megabytes that nobody
 * needs again; two of them are enough. Elsewhere nobody reads it.
 */
export const serverEnvironment = { MALLOC_ARENA_MAX: '2' } as const

interface Running {
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly execPath: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The command line that runs the same server with its limits; undefined for what is no server, and where somebody has
 * set limits already, here or in NODE_OPTIONS.
 */
export function withServerMemory({ argv, execArgv, execPath, env }: Running): string[] | undefined {
  if (argv[2] !== 'start') return undefined
  const given = [...execArgv, env.NODE_OPTIONS ?? ''].join(' ').replaceAll('_', '-')
  if (/--(max-semi-space-size|heap-growing-percent|optimize-for-size)/.test(given)) return undefined
  return [execPath, ...serverFlags, ...execArgv, ...argv.slice(1)]
}

/**
 * Goes on as the server with its limits, in the same process: V8 takes them when it starts, and not later. Nothing
 * happens on Windows, which cannot do it.
 */
export function limitServerMemory(): void {
  const command = withServerMemory(process)
  if (command === undefined || process.execve === undefined || process.platform === 'win32') return
  process.execve(process.execPath, command, { ...serverEnvironment, ...process.env })
}
