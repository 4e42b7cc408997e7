import type { MappedConfiguration } from '../../definitions/process-migration/map-configuration.ts'
import type { Effect } from '../steps/effects.ts'
import type { OpenThings } from './open-things.ts'
import type { Places } from './places.ts'

/** A version of a process, as far as what is open in it goes on in another. */
export interface Takeover {
  readonly mapped: MappedConfiguration
  readonly earlier: Places
  readonly present: Places
  /** What is invoked and begins anew. */
  readonly restart: ReadonlySet<string>
  readonly open: OpenThings
}

export interface GoingOn {
  /** What is to be done: without what is open and goes on, and with what is closed at first. */
  readonly effects: readonly Effect[]
  /** Timers that go on, with the event that they send in this version. */
  readonly timers: readonly { readonly id: string; readonly eventId: string }[]
  /** Pending timers for which there is no use. */
  readonly voidTimers: readonly { readonly eventId: string }[]
}

/**
 * Sorts what a takeover would begin: what is open goes on, where the record stays in the state that waits for it or has
 * invoked it; what the earlier version had open beside that is closed. Pure.
 * @param sinceOf the instant (milliseconds since 1970) of entering a state of the earlier version
 * @param endFrom when a duration that began at an instant ends
 */
export function goingOn(
  effects: readonly Effect[],
  takeover: Takeover,
  times: {
    sinceOf: (earlier: string) => number | undefined
    endFrom: (delay: string, since: number) => number | undefined
  },
): GoingOn {
  const staying = invocationsThatStay(takeover)
  const timers: { id: string; eventId: string }[] = []
  const waiting = new Set(staying)
  const kept: Effect[] = []
  for (const effect of effects) {
    if (effect.kind === 'arm_timer') {
      const found = timerThatStays(effect.eventId, takeover)
      if (found.timer !== undefined && !timers.some(({ id }) => id === found.timer?.id))
        timers.push({ id: found.timer.id, eventId: effect.eventId })
      else kept.push({ ...effect, end: endOf(effect, found, times) })
    } else if (begins(effect) && waiting.delete(effect.invocation)) continue
    else kept.push(effect)
  }
  const { open } = takeover
  const closing = (names: ReadonlySet<string>, kind: 'close_work' | 'close_invocation'): Effect[] =>
    [...names].filter((name) => !staying.has(name)).map((invocation) => ({ kind, invocation }))
  return {
    effects: [...closing(open.work, 'close_work'), ...closing(open.invocations, 'close_invocation'), ...kept],
    timers,
    voidTimers: open.timers.filter(({ id }) => !timers.some((timer) => timer.id === id)),
  }
}

function begins(
  effect: Effect,
): effect is Extract<Effect, { kind: 'open_work' | 'open_approval' | 'invoke' }> {
  return effect.kind === 'open_work' || effect.kind === 'open_approval' || effect.kind === 'invoke'
}

/** What is open, of the same kind in both versions, and invoked by a state in which the record was already. */
function invocationsThatStay({ mapped, earlier, present, restart, open }: Takeover): ReadonlySet<string> {
  const names = [...open.work, ...open.invocations].filter((name) => {
    const [before, now] = [earlier.invocations.get(name), present.invocations.get(name)]
    return (
      before !== undefined &&
      before.actor === now?.actor &&
      mapped.kept.get(now.path) === before.path &&
      !restart.has(name)
    )
  })
  return new Set(names)
}

interface FoundTimer {
  readonly delay: string
  /** The state that waits, in the earlier version; undefined for one that is entered now. */
  readonly state: string | undefined
  readonly timer: { readonly id: string } | undefined
}

function timerThatStays(eventId: string, { mapped, earlier, present, open }: Takeover): FoundTimer {
  const [, delay = '', nodeId = ''] = /^xstate\.after\.([^.]+)\.(.+)$/.exec(eventId) ?? []
  const state = mapped.kept.get(present.byNodeId.get(nodeId) ?? '')
  const before = state === undefined ? undefined : `xstate.after.${delay}.${earlier.nodeIds.get(state)}`
  return { delay, state, timer: open.timers.find((timer) => timer.eventId === before) }
}

/** A wait that the earlier version did not know is counted from entering the state, which may be long ago. */
function endOf(
  effect: Extract<Effect, { kind: 'arm_timer' }>,
  { delay, state }: FoundTimer,
  { sinceOf, endFrom }: Parameters<typeof goingOn>[2],
): number {
  const since = state === undefined ? undefined : sinceOf(state)
  return (since === undefined ? undefined : endFrom(delay, since)) ?? effect.end
}
