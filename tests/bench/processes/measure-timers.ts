import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { productSteps } from './product-steps.ts'
import { analyze, setTimers, type Scene } from './scene.ts'

/** A load that people make, far from what the machine can: so many at once, each with a pause after a step. */
const people = 4
const pauseMs = 40

/** How late timers fire under load, and what a storm of them does to those who work meanwhile. */
export async function measureTimers(scene: Scene, print: (line: string) => void): Promise<void> {
  const node = fork(new URL('timer-worker.ts', import.meta.url).pathname, [scene.database.url])
  try {
    await once(node, 'message')
    print(await lateness(scene, node))
    print(await storm(scene, node, 10_000))
  } finally {
    node.kill('SIGKILL')
  }
}

async function lateness(scene: Scene, node: ChildProcess): Promise<string> {
  const count = 400
  const tickets = await scene.fill(count, 'active')
  const begin = Date.now() + 1_500
  await setTimers(scene, tickets, { from: new Date(begin), to: new Date(begin + 8_000) })
  const work = workOf(scene, await scene.fill(4_000, 'open'))
  const fired = await allFired(scene, node, { tickets, while: work })
  const late = fired.map(({ at, due }) => at - due)
  return (
    `due timers under load (${(work.times.length / (work.ms() / 1_000)).toFixed(0)} steps/s beside them): ` +
    `fired after ${at(late, 0.5)} ms at the median, ${at(late, 0.95)} ms at p95 (goal 1000)`
  )
}

async function storm(scene: Scene, node: ChildProcess, count: number): Promise<string> {
  const tickets = await scene.fill(count, 'active')
  const open = [...(await scene.fill(12_000, 'open'))]
  await analyze(scene)
  const calm = workOf(scene, open.splice(0, 2_000))
  const calming = calm.run()
  await wait(5_000)
  calm.stop()
  await calming
  const due = new Date(Date.now() + 1_000)
  await setTimers(scene, tickets, { from: due, to: due })
  const stormy = workOf(scene, open)
  const fired = await allFired(scene, node, { tickets, while: stormy })
  const seconds = (Math.max(...fired.map((each) => each.at)) - due.getTime()) / 1_000
  return (
    `a storm of ${count} timers: gone after ${seconds.toFixed(0)} s (${(count / seconds).toFixed(0)}/s); ` +
    `events meanwhile ${at(stormy.times, 0.5)} ms at the median, ${at(stormy.times, 0.95)} ms at p95, ` +
    `before ${at(calm.times, 0.5)} and ${at(calm.times, 0.95)} ms`
  )
}

/** People who send events until they are stopped or have nothing left. */
function workOf(scene: Scene, tickets: readonly string[]) {
  const { event } = productSteps(scene)
  const left = [...tickets]
  const times: number[] = []
  const begun = performance.now()
  let isOver = false
  return {
    times,
    ms: () => performance.now() - begun,
    stop: () => void (isOver = true),
    async run() {
      await Promise.all(
        Array.from({ length: people }, async () => {
          for (let id = left.pop(); id !== undefined && !isOver; id = left.pop()) {
            const before = performance.now()
            await event(id)
            times.push(performance.now() - before)
            await wait(pauseMs)
          }
        }),
      )
    },
  }
}

/** When each timer of the tickets was due and when it had fired, in milliseconds since 1970. */
async function allFired(
  scene: Scene,
  node: ChildProcess,
  { tickets, while: work }: { tickets: readonly string[]; while: ReturnType<typeof workOf> },
): Promise<readonly { due: number; at: number }[]> {
  const sql = await scene.database.tenant('steps')
  const rows = await sql<{ id: string; due: string }[]>`
    select t.id, t.due_at as due from _timer t join _instance i on i.id = t.instance
    where i.record = any (${tickets as string[]}::uuid[]) and t.event_id like '%active'`
  const due = new Map(rows.map((row) => [row.id, Date.parse(row.due)]))
  const fired: { due: number; at: number }[] = []
  const working = work.run()
  await new Promise<void>((resolve) => {
    const hear = (message: unknown) => {
      const { timer, at: moment } = message as { timer: string; at: number }
      const expected = due.get(timer)
      if (expected === undefined) return
      fired.push({ due: expected, at: moment })
      if (fired.length < due.size) return
      node.off('message', hear)
      resolve()
    }
    node.on('message', hear)
  })
  work.stop()
  await working
  return fired
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0)
}
