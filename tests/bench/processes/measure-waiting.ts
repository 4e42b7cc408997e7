import { handWrittenSteps } from './hand-written-steps.ts'
import { rate } from './measure-steps.ts'
import { productSteps } from './product-steps.ts'
import { analyze, setTimers, type Scene } from './scene.ts'

const waiting = 100_000
const day = 86_400_000

/** What 100,000 live instances with a waiting timer each change for a step, beside a tenant with hardly any. */
export async function measureWaiting(
  scenes: { empty: Scene; full: Scene },
  { count, rounds }: { count: number; rounds: number },
): Promise<string> {
  const { empty, full } = scenes
  const tickets = await full.fill(waiting, 'active')
  const now = Date.now()
  await setTimers(full, tickets, { from: new Date(now + day), to: new Date(now + 30 * day) })
  const sums = { empty: 0, full: 0, emptyByHand: 0, fullByHand: 0 }
  const supply: Record<keyof typeof sums, string[]> = { empty: [], full: [], emptyByHand: [], fullByHand: [] }
  for (const name of Object.keys(sums) as (keyof typeof sums)[])
    supply[name] = [...(await sceneOf(scenes, name).fill(count * (rounds + 1), 'open'))]
  await Promise.all([analyze(empty), analyze(full)])
  for (let round = 0; round <= rounds; round++)
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) {
      const scene = sceneOf(scenes, name)
      const steps = name.endsWith('ByHand') ? handWrittenSteps(scene) : productSteps(scene)
      const perSecond = await rate(steps.event, supply[name].splice(0, count))
      // The first round prepares statements.
      if (round > 0) sums[name] += perSecond / rounds
    }
  const change = (from: number, to: number) => `${(100 * (1 - to / from)).toFixed(0)} %`
  return (
    `a step beside ${waiting} live instances and waiting timers: ${sums.full.toFixed(0)}/s, in an empty tenant ` +
    `${sums.empty.toFixed(0)}/s: ${change(sums.empty, sums.full)} slower (goal: at most 10), ` +
    `by hand ${change(sums.emptyByHand, sums.fullByHand)}`
  )
}

function sceneOf({ empty, full }: { empty: Scene; full: Scene }, name: string): Scene {
  return name.startsWith('full') ? full : empty
}
