import {
  assign,
  createActor,
  createMachine,
  enqueueActions,
  fromCallback,
  type AnyStateMachine,
} from 'xstate'
import { TesseraError } from '../../access/errors.ts'
import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import type { Decider, RawAction, Transit } from './decider.ts'
import { isLegal, leafPaths, type Snapshot } from './snapshot.ts'
import { withOutputs } from './with-outputs.ts'
import { withTags } from './with-tags.ts'
import { innermostAround, machineThatMoves, moveEvent } from './moving-machine.ts'
import { machineThatTakesOver, takeOverEvent, type TakenOver } from './taking-over.ts'

/**
 * The one place that knows XState. A process as a machine that only decides: it never runs an action, it lists them.
 * One inert scope serves all transitions, since each one is synchronous; `decider` answers the expressions of the
 * transition under way.
 */
export interface CompiledMachine {
  /** The first snapshot of a new instance. @param context what it remembers in place of declared values */
  begin(decider: Decider, context?: Readonly<Record<string, unknown>>): Decision
  /** A snapshot that stands in a state without having entered it (declared entries). */
  place(stateValue: unknown, context: Readonly<Record<string, unknown>>): unknown
  /** What an event does to a persisted snapshot. */
  advance(persisted: unknown, event: MachineEvent, decider: Decider): Decision
  /**
   * What becomes of a snapshot when somebody places it in a state: what is declared for leaving does not happen, what is
   * declared for entering where `runsEntry` says so. It goes on from there even if it had ended.
   */
  move(persisted: unknown, to: { state: string; runsEntry: boolean }, decider: Decider): Decision
  /**
   * How an instance of an earlier version goes on here. What it enters does what is declared for entering; the timers
   * and invocations of all its states are listed, also of those in which it was already.
   */
  takeOver(taken: TakenOver, decider: Decider): Decision
  /** The configuration of a persisted snapshot. */
  inspect(persisted: unknown): Configuration
}

export interface MachineEvent {
  readonly type: string
  /** What a person filled in. */
  readonly payload?: Readonly<Record<string, unknown>>
  /** The result of what was invoked, or of the final state among the children. */
  readonly output?: Readonly<Record<string, unknown>>
  /** Why what was invoked has failed. */
  readonly error?: InvocationError
}

export interface InvocationError {
  readonly code: string
  readonly message: string
}

export interface Decision {
  /** The persisted snapshot: plain JSON. */
  readonly snapshot: unknown
  readonly states: readonly string[]
  readonly isEnded: boolean
  /** What the final state gives, where the process has come to its end. */
  readonly output: Readonly<Record<string, unknown>>
  /** Whether any transition was taken. */
  readonly isTaken: boolean
  readonly transits: readonly Transit[]
}

export interface Configuration {
  readonly states: readonly string[]
  readonly isEnded: boolean
  readonly context: Readonly<Record<string, unknown>>
  /** The tags of all active states. */
  readonly tags: ReadonlySet<string>
  /** Candidate transitions of an event, innermost first, with the numbers of their guards. */
  candidates(event: string): readonly { readonly guard: number | undefined }[]
}

/** A loop of `always` or raised events that does not come to rest within this many microsteps is broken off. */
const maxIterations = 1_000

export function compileMachine(process: ProcessModel): CompiledMachine {
  let decider: Decider | undefined
  let transits: Transit[] = []
  let given: Readonly<Record<string, unknown>> = {}
  const answer = (expression: number, event: MachineEvent, context: Record<string, unknown>) =>
    decider?.evaluate(expression, { event: variablesOf(event), context }) ?? null
  const holds = ({ context, event }: Step, { when }: Conditional) =>
    when === undefined || answer(when, event, context) === true
  const answers = ({ context, event }: Step, values: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, expression]) => [name, answer(expression, event, context)]),
    )
  const delays = Object.fromEntries(
    delayNames(process.machine).map((name) => [
      name,
      ({ context, event }: Step) => decider?.delay(name, { event: variablesOf(event), context }) ?? 0,
    ]),
  )
  const create = (config: MachineNode) =>
    createMachine(
      {
        ...withOutputs(withTags(config), answers),
        // What the last final state gives is what the process gives.
        output: ({ event }: Step) => event.output ?? {},
        id: process.name,
        context: () => ({ ...process.context, ...given }),
        options: { maxIterations },
      } as never,
      {
        guards: {
          when: ({ context, event }: Step, params: { expression: number }) =>
            answer(params.expression, event, context) === true,
        },
        actions: {
          assign: assign((step: Step, params: Conditional) =>
            holds(step, params) ? answers(step, params.values) : {},
          ) as never,
          raise: enqueueActions(
            ({ enqueue, ...step }: Step & { enqueue: Enqueue }, params: Conditional & { event: string }) => {
              if (holds(step, params))
                enqueue.raise({
                  type: params.event,
                  payload: decider?.payload(params.event, answers(step, params.values)) ?? {},
                })
            },
          ) as never,
        },
        delays,
        // What is invoked runs elsewhere; the machine only hears of its end.
        actors: Object.fromEntries(
          [...process.actors.values()].map((src) => [src, fromCallback(() => undefined)]),
        ),
      } as never,
    ) as AnyStateMachine
  const machine = create(process.machine)
  const self = createActor(machine)
  const { system } = self as unknown as {
    system: { inspect(observer: (event: InspectionEvent) => void): unknown }
  }
  system.inspect((event) => {
    if (event.type === '@xstate.microstep') transits.push(...event._transitions.map(transitOf))
  })
  const scope = {
    self,
    id: '',
    sessionId: '',
    system,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action: ExecutableAction) => {
      const { context, event } = action.info
      decider?.act({ type: action.type, params: action.params } as RawAction, {
        event: variablesOf(event),
        context,
      })
    },
  } as never

  const decide = (run: () => unknown, answering: Decider, deciding = machine): Decision => {
    decider = answering
    transits = []
    try {
      const next = run() as Snapshot
      if (!isLegal(next._nodes)) throw broken(process.name, 'torn', tornText(leafPaths(next)))
      return {
        snapshot: deciding.getPersistedSnapshot(next as never),
        states: leafPaths(next),
        isEnded: next.status !== 'active',
        output: next.output ?? {},
        isTaken: transits.length > 0,
        transits,
      }
    } catch (error) {
      throw isEndless(error) ? broken(process.name, 'endless', endlessText) : error
    } finally {
      decider = undefined
    }
  }
  // A step asks a snapshot about several events before it takes one; what was restored is never changed.
  const restored = new WeakMap<object, ReturnType<typeof machine.restoreSnapshot>>()
  const restore = (persisted: unknown) => {
    let snapshot = restored.get(persisted as object)
    if (snapshot === undefined) {
      snapshot = machine.restoreSnapshot(persisted as never, scope)
      restored.set(persisted as object, snapshot)
    }
    return snapshot
  }
  const moving = new Map<string, AnyStateMachine>()
  const move: CompiledMachine['move'] = (persisted, to, answering) => {
    const active = { ...(persisted as object), status: 'active', output: undefined, error: undefined }
    const { _nodes } = machine.restoreSnapshot(active as never, scope) as unknown as Snapshot
    const source = innermostAround(_nodes, to.state.split('.'))
    const key = JSON.stringify([source, to])
    const mover = moving.get(key) ?? create(machineThatMoves(process, { ...to, source }))
    moving.set(key, mover)
    const restored = mover.restoreSnapshot(active as never, scope)
    return decide(() => mover.transition(restored, { type: moveEvent } as never, scope), answering, mover)
  }
  const takeOver: CompiledMachine['takeOver'] = ({ mapped, context, historyValue }, answering) => {
    const key = JSON.stringify([mapped.targets, [...mapped.kept.keys()]])
    const taker = moving.get(key) ?? create(machineThatTakesOver(process, mapped))
    moving.set(key, taker)
    const somewhere = taker.getPersistedSnapshot(taker.resolveState({ value: {}, context }))
    const restored = taker.restoreSnapshot({ ...somewhere, historyValue } as never, scope)
    // Nothing is active yet, so that nothing is left.
    const nowhere = { ...restored, value: {}, _nodes: [taker.root], children: {} }
    return decide(
      () => taker.transition(nowhere as never, { type: takeOverEvent } as never, scope),
      answering,
      taker,
    )
  }
  return {
    move,
    takeOver,
    begin: (answering, context = {}) =>
      decide(() => {
        given = context
        return machine.getInitialSnapshot(scope)
      }, answering),
    place: (value, context) =>
      machine.getPersistedSnapshot(machine.resolveState({ value: value as never, context })),
    advance: (persisted, event, answering) =>
      decide(() => machine.transition(restore(persisted), event as never, scope), answering),
    inspect(persisted) {
      const snapshot = restore(persisted) as unknown as Snapshot
      return {
        states: leafPaths(snapshot),
        isEnded: snapshot.status !== 'active',
        context: snapshot.context,
        tags: snapshot.tags,
        candidates: (event) =>
          snapshot._nodes
            .toSorted((a, b) => b.path.length - a.path.length)
            .flatMap((node) => node.transitions.get(event) ?? [])
            .map(({ guard }) => ({
              guard: (guard as { params?: { expression?: number } } | undefined)?.params?.expression,
            })),
      }
    },
  }
}

export interface Step {
  readonly context: Record<string, unknown>
  readonly event: MachineEvent
}

interface Conditional {
  readonly values: Readonly<Record<string, number>>
  readonly when?: number
}

interface Enqueue {
  raise(event: MachineEvent): void
}

interface ExecutableAction {
  readonly type: string
  readonly info: { readonly context: Record<string, unknown>; readonly event: MachineEvent }
  readonly params: unknown
}

interface InspectionEvent {
  readonly type: string
  readonly _transitions: readonly {
    readonly source: { readonly path: readonly string[] }
    readonly target?: readonly { readonly path: readonly string[] }[]
    readonly eventType: string
    readonly guard?: { readonly params?: { readonly expression?: number } }
  }[]
}

function transitOf(transition: InspectionEvent['_transitions'][number]): Transit {
  return {
    from: transition.source.path.join('.'),
    to: (transition.target ?? []).map((node) => node.path.join('.')),
    event: transition.eventType,
    guard: transition.guard?.params?.expression,
  }
}

/** How expressions see an event: the form's fields, `output` or `error`. */
function variablesOf({ payload, output, error }: MachineEvent): Readonly<Record<string, unknown>> {
  if (error !== undefined) return { error }
  return output === undefined ? (payload ?? {}) : { output }
}

function delayNames(node: unknown): readonly string[] {
  const { after = {}, states = {} } = node as { after?: object; states?: Record<string, unknown> }
  return [...Object.keys(after), ...Object.values(states).flatMap(delayNames)]
}

function isEndless(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Infinite loop detected')
}

const endlessText = `does not come to rest: more than ${maxIterations} of its transitions follow each other`

function tornText(states: readonly string[]): string {
  return `would be in states that exclude each other: ${states.join(', ')}. Two of its regions are left at once`
}

/** A machine that cannot take an event; nothing of the step happens. */
function broken(process: string, reason: 'endless' | 'torn', text: string): TesseraError {
  return new TesseraError('event_refused', `The process "${process}" ${text}.`, {
    members: { reason, possible: [] },
  })
}
