import type { Random } from './random.ts'

type Json = Record<string, unknown>

/** A condition as an expression of the declarations, and as what it means. */
export interface Condition {
  readonly text: string
  holds(context: Context, event: EventValues): boolean
}

export interface Context {
  readonly n: number
  readonly m: number
}

export type EventValues = Readonly<Record<string, unknown>>

/** A machine as it is declared, with what its conditions and texts mean for somebody who knows no expressions. */
export interface RandomMachine {
  readonly machine: Json
  /** The meaning of every expression, by its text. */
  readonly conditions: ReadonlyMap<string, Condition['holds']>
  readonly numbers: ReadonlyMap<string, (context: Context, event: EventValues) => number>
  readonly texts: ReadonlyMap<string, (context: Context) => string>
  /** Events that people send; `x` is asked for by some of them. */
  readonly events: readonly string[]
}

/** Events with the field `x`; events without; events that only the machine itself raises. */
export const eventNames = { asking: ['e0', 'e1'], plain: ['e2', 'e3'], own: ['i0', 'i1'] } as const
export const mostStates = 10

/** Regions, history, guards, memory, tags, entries and exits, own events, delays and tasks, in any nesting. */
export function randomMachine(random: Random): RandomMachine {
  const made = new Making(random)
  const machine = made.root()
  return {
    machine,
    conditions: made.conditions,
    numbers: made.numbers,
    texts: made.texts,
    events: [...eventNames.asking, ...eventNames.plain, ...made.jumps],
  }
}

type Where = 'person' | 'own' | 'asking' | 'other'

class Making {
  readonly conditions = new Map<string, Condition['holds']>()
  readonly numbers = new Map<string, (context: Context, event: EventValues) => number>()
  readonly texts = new Map<string, (context: Context) => string>()
  readonly jumps: string[] = []
  readonly #random: Random
  readonly #ids: string[] = []
  #notes = 0
  #works = 0
  #seconds = 0

  constructor(random: Random) {
    this.#random = random
  }

  root(): Json {
    const states = this.#children(2 + this.#random.below(3), 0)
    const root: Json = { initial: 's0', states }
    this.#connect(root, true)
    root.on = { ...this.#on(), ...Object.fromEntries(this.#ids.map((id, at) => this.#jump(id, at))) }
    return root
  }

  /** So that every state can be reached, and none is a dead end. */
  #jump(id: string, at: number): [string, Json] {
    const event = `j${at}`
    this.jumps.push(event)
    return [event, { target: `#${id}`, actions: this.#actions('person') }]
  }

  #children(count: number, depth: number): Json {
    const children: [string, Json][] = []
    for (let at = 0; at < count; at++) children.push([`s${at}`, this.#state(depth + 1)])
    return Object.fromEntries(children)
  }

  #state(depth: number): Json {
    const id = `n${this.#ids.length}`
    this.#ids.push(id)
    const hasRoom = depth < 4 && this.#ids.length < mostStates - 3
    const kind = hasRoom
      ? this.#random.of(['atomic', 'atomic', 'compound', 'compound', 'parallel'])
      : 'atomic'
    if (kind === 'atomic') return { id }
    const count = 2 + this.#random.below(2)
    const states = this.#children(count, depth)
    if (kind === 'parallel') return { id, type: 'parallel', states }
    if (this.#random.chance(0.4)) states.end = { id: this.#id(), type: 'final' }
    if (this.#random.chance(0.4))
      states.back = {
        id: this.#id(),
        type: 'history',
        ...(this.#random.chance(0.5) ? { history: 'deep' } : {}),
        ...(this.#random.chance(0.5) ? { target: 's1' } : {}),
      }
    return { id, initial: 's0', states }
  }

  #id(): string {
    const id = `n${this.#ids.length}`
    this.#ids.push(id)
    return id
  }

  /** Gives states what happens in them, when every state is known that a transition may lead to. */
  #connect(node: Json, isRoot = false): void {
    for (const child of Object.values((node.states ?? {}) as Record<string, Json>)) this.#connect(child)
    if (node.type === 'history' || isRoot) return
    if (this.#random.chance(0.3)) node.tags = this.#tags()
    if (this.#random.chance(0.5)) node.entry = this.#actions('other')
    if (node.type === 'final') return
    if (this.#random.chance(0.4)) node.exit = this.#actions('other')
    node.on = this.#on()
    if (this.#random.chance(0.3)) node.after = this.#after()
    if (this.#random.chance(0.25)) node.always = this.#always()
    if (this.#random.chance(0.2)) node.invoke = this.#task()
    if (node.states !== undefined && this.#random.chance(0.7))
      node.onDone = { ...this.#target(), actions: this.#actions('other') }
  }

  #tags(): Record<string, boolean> {
    return Object.fromEntries(
      ['t0', 't1', 't2', 't3']
        .filter(() => this.#random.chance(0.5))
        .map((tag) => [tag, this.#random.chance(0.8)]),
    )
  }

  #on(): Json {
    const { asking, plain, own } = eventNames
    const names = [...asking, ...plain, ...own].filter(() => this.#random.chance(0.35))
    return Object.fromEntries(
      names.map((name) => [
        name,
        this.#branches(
          (asking as readonly string[]).includes(name) ? 'asking' : name.startsWith('i') ? 'own' : 'person',
        ),
      ]),
    )
  }

  #branches(where: Where): Json[] {
    return Array.from({ length: 1 + this.#random.below(2) }, () => ({
      ...(this.#random.chance(0.85) ? this.#target() : {}),
      ...(this.#random.chance(0.45) ? { guard: this.#guard(where) } : {}),
      ...(this.#random.chance(0.15) ? { reenter: true } : {}),
      actions: this.#actions(where),
    }))
  }

  #target(): Json {
    return { target: `#${this.#random.of(this.#ids)}` }
  }

  #guard(where: Where): Json {
    const limit = this.#random.below(5)
    const condition: Condition =
      where === 'asking' && this.#random.chance(0.5)
        ? { text: `event.x >= ${limit}`, holds: (_, event) => Number(event.x) >= limit }
        : this.#random.of<Condition>([
            { text: `context.n > ${limit}`, holds: ({ n }) => n > limit },
            {
              text: `context.m == ${limit} || context.n == ${limit}`,
              holds: ({ n, m }) => m === limit || n === limit,
            },
            { text: `!(context.m < ${limit})`, holds: ({ m }) => !(m < limit) },
          ])
    this.conditions.set(condition.text, condition.holds)
    return { type: 'when', params: { expression: condition.text } }
  }

  /** Each time it is taken the memory moves on, so it comes to rest. */
  #always(): Json {
    const limit = this.#random.below(4)
    const text = `context.n == ${limit}`
    this.conditions.set(text, ({ n }) => n === limit)
    return {
      guard: { type: 'when', params: { expression: text } },
      ...this.#target(),
      actions: [this.#assign('n', 'context.n + 1', ({ n }) => n + 1), ...this.#actions('own')],
    }
  }

  #after(): Json {
    this.#seconds += 1 + this.#random.below(900)
    return { [`PT${this.#seconds}S`]: this.#branches('own') }
  }

  #task(): Json {
    const id = `work${this.#works++}`
    return {
      id,
      src: 'task',
      input: { title: 'Something to do', candidate_role: 'administrator' },
      onDone: { ...this.#target(), actions: this.#actions('own') },
    }
  }

  /** What a transition, an entry or an exit does. Only what a person sends raises events, so it comes to an end. */
  #actions(where: Where): Json[] {
    const actions: Json[] = []
    if (this.#random.chance(0.7)) actions.push(this.#note())
    if (this.#random.chance(0.4) && where !== 'other')
      actions.push(
        where === 'asking'
          ? this.#assign('m', 'event.x', (_, event) => Number(event.x))
          : this.#assign('m', 'context.m + 1', ({ m }) => m + 1),
      )
    if (this.#random.chance(0.3) && where !== 'own' && where !== 'other')
      actions.push({ type: 'raise', params: { event: this.#random.of(eventNames.own) } })
    if (this.#random.chance(0.3)) actions.push(this.#note())
    return actions
  }

  #note(): Json {
    const name = `a${this.#notes++}`
    const isSeeing = this.#random.chance(0.3)
    const text = isSeeing ? `'${name} ' + string(context.n) + ' ' + string(context.m)` : `'${name}'`
    this.texts.set(text, isSeeing ? ({ n, m }) => `${name} ${n} ${m}` : () => name)
    return { type: 'note', params: { text } }
  }

  #assign(field: 'n' | 'm', text: string, value: (context: Context, event: EventValues) => number): Json {
    this.numbers.set(text, value)
    return { type: 'assign', params: { values: { [field]: text } } }
  }
}
