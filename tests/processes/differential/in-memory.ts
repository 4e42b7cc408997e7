import { assign, createActor, createMachine, fromCallback, raise, SimulatedClock } from 'xstate'
import type { Context, EventValues, RandomMachine } from './random-machine.ts'

interface Args {
  readonly context: Context
  readonly event: EventValues & { readonly type: string; readonly values?: EventValues }
}

/** What a machine did so far, in a form that two runtimes can be compared by. */
export interface Seen {
  readonly states: readonly string[]
  readonly context: unknown
  readonly tags: readonly string[]
  readonly isEnded: boolean
  readonly notes: readonly string[]
  /** When timers will go off, in milliseconds since the beginning. */
  readonly waits: readonly number[]
}

/** The machine as a plain XState actor: in memory, on a clock that is moved. */
export function inMemory({ machine, conditions, numbers, texts }: RandomMachine, start: Context) {
  const notes: string[] = []
  const clock = new SimulatedClock()
  const known = <T>(map: ReadonlyMap<string, T>, text: string): T => {
    const meaning = map.get(text)
    if (meaning === undefined) throw new Error(`Nobody knows what "${text}" means.`)
    return meaning
  }
  const config = createMachine(
    { ...withListedTags(machine), context: start, options: { maxIterations: 1_000 } } as never,
    {
      guards: {
        when: ({ context, event }: Args, params: { expression: string }) =>
          known(conditions, params.expression)(context, event.values ?? {}),
      },
      actions: {
        note: ({ context }: Args, params: { text: string }) =>
          void notes.push(known(texts, params.text)(context)),
        assign: assign(({ context, event }: Args, params: { values: Record<string, string> }) =>
          Object.fromEntries(
            Object.entries(params.values).map(([name, text]) => [
              name,
              known(numbers, text)(context, event.values ?? {}),
            ]),
          ),
        ) as never,
        raise: raise((_: Args, params: { event: string }) => ({ type: params.event })) as never,
      },
      delays: Object.fromEntries(delaysIn(machine).map((name) => [name, Number(name.slice(2, -1)) * 1_000])),
      actors: { task: fromCallback(() => undefined) },
    } as never,
  )
  const actor = createActor(config, { clock })
  let isEndless = false
  actor.subscribe({ error: () => (isEndless = true) })
  actor.start()
  const current = () => actor.getSnapshot() as unknown as Current
  return {
    send: (type: string, values: EventValues) => actor.send({ type, values } as never),
    finish: (work: string) => actor.send({ type: `xstate.done.actor.${work}`, output: {} } as never),
    /** Why it cannot go on: it did not come to rest, or it is in states that exclude each other. */
    fault: (): 'endless' | 'torn' | undefined => {
      if (isEndless) return 'endless'
      const inValue = leavesIn(current().value)
      return inValue.toSorted().join() === leavesOf(current()).toSorted().join() ? undefined : 'torn'
    },
    /** Moves the clock to so many milliseconds since the beginning. */
    moveTo: (at: number) => clock.set(at),
    seen(): Seen {
      const snapshot = current()
      return {
        states: leavesOf(snapshot),
        context: snapshot.context,
        tags: [...snapshot.tags].toSorted(),
        isEnded: snapshot.status !== 'active',
        notes,
        waits: waitsOf(clock),
      }
    },
  }
}

function waitsOf(clock: SimulatedClock): number[] {
  const { timeouts } = clock as unknown as { timeouts: Map<number, { start: number; timeout: number }> }
  return [...timeouts.values()].map(({ start, timeout }) => start + timeout).toSorted((a, b) => a - b)
}

function delaysIn(node: unknown): readonly string[] {
  const { after = {}, states = {} } = node as { after?: object; states?: Record<string, unknown> }
  return [...Object.keys(after), ...Object.values(states).flatMap(delaysIn)]
}

/** XState knows tags as a list. */
function withListedTags(node: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const {
    tags = {},
    states = {},
    ...rest
  } = node as {
    tags?: Record<string, boolean>
    states?: Record<string, Record<string, unknown>>
  }
  const children = Object.entries(states).map(([name, child]) => [name, withListedTags(child)])
  return {
    ...rest,
    tags: Object.keys(tags).filter((tag) => tags[tag]),
    ...(children.length === 0 ? {} : { states: Object.fromEntries(children) }),
  }
}

interface Current {
  readonly status: string
  readonly value: unknown
  readonly context: Context
  readonly tags: ReadonlySet<string>
  readonly _nodes: readonly { type: string; order: number; path: readonly string[] }[]
}

function leavesOf({ _nodes }: Current): readonly string[] {
  return _nodes
    .filter(({ type }) => type === 'atomic' || type === 'final')
    .toSorted((a, b) => a.order - b.order)
    .map(({ path }) => path.join('.'))
}

/** The same by the state value, from which a snapshot is restored. */
function leavesIn(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return [`${path}${value}`]
  return Object.entries(value as Record<string, unknown>).flatMap(([name, below]) =>
    Object.keys(below as object).length === 0 ? [`${path}${name}`] : leavesIn(below, `${path}${name}.`),
  )
}
