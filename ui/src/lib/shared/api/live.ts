import { reach } from './client.ts'
import { connection } from './connection.svelte.ts'
import type { LiveEvent } from './types.ts'

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()
let current: AbortController | undefined

/** Calls `listener` for every live event. Answers the way to stop. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Keeps one stream of changes open, reconnecting with growing pauses, until `stopLive`.
 * Reads with fetch, not EventSource, which cannot send the tenant's header.
 */
export function startLive(objects: readonly string[]): void {
  stopLive()
  const controller = new AbortController()
  current = controller
  void keepOpen(objects, controller.signal)
}

export function stopLive(): void {
  current?.abort()
  current = undefined
}

const shortestPause = 1_000
const longestPause = 30_000
/** The server gives a sign of life every 15 seconds; a line that is silent for longer is dead, whatever it says. */
const longestSilence = 45_000

async function keepOpen(objects: readonly string[], signal: AbortSignal): Promise<void> {
  let pause = shortestPause
  let wasOpen = false
  while (!signal.aborted) {
    try {
      await readStream(objects, signal, () => {
        pause = shortestPause
        // What happened while the line was down is told to nobody.
        if (wasOpen) connection.renew()
        wasOpen = true
      })
    } catch {
      // A broken stream is the normal case here: the laptop slept, the server restarted. Try again below.
    }
    await rest(pause * (0.75 + Math.random() / 2), signal)
    pause = Math.min(pause * 2, longestPause)
  }
}

async function readStream(
  objects: readonly string[],
  signal: AbortSignal,
  opened: () => void,
): Promise<void> {
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), longestSilence)
  }
  try {
    alive()
    const response = await reach('GET', '/changes', {
      query: { objects: objects.join(',') },
      accept: 'text/event-stream',
      signal: AbortSignal.any([signal, silence.signal]),
    })
    opened()
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    let rest = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      alive()
      const blocks = (rest + value).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const event of blocks.map(parseEvent)) if (event) for (const listener of listeners) listener(event)
    }
  } finally {
    clearTimeout(timer)
  }
}

/** Waits; less where the machine is back on the network or is being looked at again. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const end = () => {
      over.abort()
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end, { signal: over.signal })
    addEventListener('online', end, { signal: over.signal })
    document.addEventListener('visibilitychange', () => !document.hidden && end(), { signal: over.signal })
  })
}

const known: ReadonlySet<string> = new Set<LiveEvent['event']>(['change', 'many', 'published', 'work'])

/** One block of a text/event-stream (WHATWG HTML, section 9.2.6), or undefined for a comment. */
export function parseEvent(block: string): LiveEvent | undefined {
  const lines = block.split(/\r?\n/)
  const name = lines
    .find((line) => line.startsWith('event:'))
    ?.slice(6)
    .trim()
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart())
  if (name === undefined || !known.has(name)) return undefined
  try {
    return { event: name, data: JSON.parse(data.join('\n') || '{}') } as LiveEvent
  } catch {
    return undefined
  }
}
