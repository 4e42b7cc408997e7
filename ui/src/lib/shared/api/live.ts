import { commonHeaders } from './client.ts'
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

async function keepOpen(objects: readonly string[], signal: AbortSignal): Promise<void> {
  let pause = 1_000
  while (!signal.aborted) {
    try {
      await readStream(objects, signal, () => (pause = 1_000))
    } catch {
      // A broken stream is the normal case here: the laptop slept, the server restarted. Try again below.
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(pause * 2, 30_000)
  }
}

async function readStream(objects: readonly string[], signal: AbortSignal, alive: () => void): Promise<void> {
  const response = await fetch(`/api/changes?objects=${objects.map(encodeURIComponent).join(',')}`, {
    headers: { accept: 'text/event-stream', ...commonHeaders() },
    signal,
  })
  if (!response.ok || response.body === null) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    alive()
    const blocks = (rest + value).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const event of blocks.map(parseEvent)) if (event) for (const listener of listeners) listener(event)
  }
}

/** One block of a text/event-stream (WHATWG HTML, section 9.2.6), or undefined for a comment. */
export function parseEvent(block: string): LiveEvent | undefined {
  const lines = block.split(/\r?\n/)
  const name = lines
    .find((line) => line.startsWith('event:'))
    ?.slice(6)
    .trim()
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart())
  if (name !== 'change' && name !== 'published' && name !== 'work') return undefined
  try {
    return { event: name, data: JSON.parse(data.join('\n') || '{}') } as LiveEvent
  } catch {
    return undefined
  }
}
