import { beginCase } from './begin-case.ts'
import { isLive, type Case } from './case.ts'
import { look } from './look.ts'
import { nextActOf, type NextAct } from './next-act.ts'
import { RecipeFault } from './recipe-values.ts'
import { messageOf } from './refusal.ts'
import type { World } from './world.ts'

/** A case in which people have done so much is left where it is. */
export const mostActs = 50

interface Next extends NextAct {
  /** Undefined for one that begins. */
  readonly played: Case | undefined
}

/**
 * Plays cases, all of them at the same time on one clock, until each has come to its end or the time is over.
 * @param arrivals when each one begins, in order
 */
export async function playCases(world: World, arrivals: readonly Date[]): Promise<void> {
  const { stage, ends } = world
  const next = nextIn(world, arrivals)
  while (arrivals.length > world.cases.length || world.cases.some(isLive)) {
    const first = next.first()
    const until = first === undefined || first.at > ends ? ends : first.at
    const coming = await stage.advance(until)
    if (coming !== undefined) {
      next.changed(await look(world, { since: stage.now, record: coming.record ?? undefined }))
      continue
    }
    if (first === undefined || first.at > ends) return
    await tryAct(world, first)
    await stage.settle()
    const played = first.played ?? (world.cases.at(-1) as Case)
    if (++played.acts >= mostActs) played.isTooLong = true
    next.changed(await look(world, { since: stage.now, record: played.record }))
    next.changed([played])
  }
}

/** What fails, and is not refused, ends its case. */
async function tryAct({ cases, stage }: World, { act, played }: Next): Promise<void> {
  try {
    await act()
  } catch (error) {
    const failing = played ?? cases.at(-1)
    if (error instanceof RecipeFault || failing === undefined) throw error
    failing.failure ??= {
      at: stage.now,
      what: played === undefined ? 'create' : 'act',
      message: messageOf(error),
    }
  }
}

/** The next act of each case is worked out again only when something has happened to it. */
function nextIn(world: World, arrivals: readonly Date[]) {
  const acts = new Map<Case, NextAct>()
  return {
    changed(cases: readonly Case[]) {
      for (const played of cases) {
        const act = nextActOf(world, played)
        if (act === undefined) acts.delete(played)
        else acts.set(played, act)
      }
    },
    first(): Next | undefined {
      const number = world.cases.length
      const arrival = arrivals[number]
      let first: Next | undefined =
        arrival === undefined
          ? undefined
          : { at: arrival, played: undefined, act: () => beginCase(world, number + 1) }
      for (const [played, { at, act }] of acts)
        if (first === undefined || at < first.at) first = { at, act, played }
      return first
    },
  }
}
