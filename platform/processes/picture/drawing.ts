import type { LocalText, MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import { declaredTags } from '../../definitions/model/state-tags.ts'
import type { Expression } from '../../language/types.ts'
import { atlasOf, type Spot } from '../machine/graph.ts'

export type DrawnKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

/** What makes a transition: `name` is the event, the delay, or the invocation that ends. */
export interface DrawnTrigger {
  readonly kind: 'event' | 'after' | 'always' | 'done' | 'invocation' | 'failure'
  readonly name: string | null
  readonly label: LocalText | undefined
}

export interface DrawnState {
  /** Dotted; the empty text is the machine itself. */
  readonly path: string
  readonly parent: string | null
  readonly kind: DrawnKind
  /** Whether it is the first of its parent's children to be entered. */
  readonly isInitial: boolean
  readonly label: LocalText
  readonly colour: string | undefined
  readonly help: LocalText | undefined
  /** Those that the state itself has. */
  readonly tags: readonly string[]
  readonly invocations: readonly {
    readonly id: string
    readonly kind: string
    readonly title: LocalText | undefined
  }[]
}

export interface DrawnTransition {
  /** Unique in the machine, the same in every drawing of this version. */
  readonly id: string
  readonly from: string
  /** Empty for one that stays where it is and only acts. */
  readonly to: readonly string[]
  readonly trigger: DrawnTrigger
  /** What the recorded steps call its event. */
  readonly eventType: string
  readonly guard: Expression | undefined
  readonly description: string | undefined
}

/** A machine as a picture: states as a tree in document order, and every transition between them. */
export interface Drawing {
  readonly states: readonly DrawnState[]
  readonly transitions: readonly DrawnTransition[]
}

const drawings = new WeakMap<ProcessModel, Drawing>()

/** The machine of a version of a process, as declared. Kept for as long as the version is. */
export function drawingOf(process: ProcessModel): Drawing {
  let drawing = drawings.get(process)
  if (drawing === undefined) {
    drawing = draw(process)
    drawings.set(process, drawing)
  }
  return drawing
}

function draw(process: ProcessModel): Drawing {
  const { spots, find } = atlasOf(process.machine)
  return {
    states: spots.map((spot) => drawState(process, spot)),
    transitions: spots.flatMap((spot) => drawTransitions(process, spot, find)),
  }
}

function drawState(process: ProcessModel, { path, node, parent }: Spot): DrawnState {
  const meta = (node.meta ?? {}) as { label?: LocalText; colour?: string; help?: LocalText }
  const key = path.at(-1)
  return {
    path: path.join('.'),
    parent: parent === undefined ? null : parent.path.join('.'),
    kind: kindOf(node),
    isInitial: parent !== undefined && parent.node.initial === key,
    label: meta.label ?? (key === undefined ? process.label : key),
    colour: meta.colour,
    help: meta.help,
    tags: declaredTags(node),
    invocations: invocationsOf(node).map((invocation) => ({
      id: invocation.id,
      kind: invocation.src,
      title: nameOf(invocation),
    })),
  }
}

function kindOf(node: MachineNode): DrawnKind {
  if (node.type !== undefined) return node.type as DrawnKind
  return Object.keys((node.states ?? {}) as object).length > 0 ? 'compound' : 'atomic'
}

interface Way {
  readonly trigger: DrawnTrigger
  readonly eventType: string
  readonly declared: unknown
}

interface DeclaredBranch {
  readonly target?: string | readonly string[]
  readonly guard?: { readonly params?: { readonly expression?: number } }
  readonly description?: string
}

function drawTransitions(
  process: ProcessModel,
  spot: Spot,
  find: (target: string, from: Spot) => Spot | undefined,
): DrawnTransition[] {
  const from = spot.path.join('.')
  return waysOf(process, spot).flatMap(({ trigger, eventType, declared }) =>
    [declared]
      .flat()
      .map((branch): DeclaredBranch =>
        typeof branch === 'string' ? { target: branch } : (branch as DeclaredBranch),
      )
      .map(({ target, guard, description }, position) => ({
        id: [from, trigger.kind, trigger.name ?? '', position].join('|'),
        from,
        to: [target ?? []].flat().flatMap((name) => find(name, spot)?.path.join('.') ?? []),
        trigger,
        eventType,
        guard:
          guard?.params?.expression === undefined ? undefined : process.expressions[guard.params.expression],
        description,
      })),
  )
}

/** The ways out of a state, under the names by which XState calls their events. */
function waysOf(process: ProcessModel, { path, node }: Spot): Way[] {
  const id = (node.id as string | undefined) ?? [process.name, ...path].join('.')
  const trigger = (kind: DrawnTrigger['kind'], name: string | null = null, label?: LocalText) => ({
    kind,
    name,
    label,
  })
  const ways: Way[] = [
    ...entriesOf(node.on).map(([event, declared]) => ({
      trigger: trigger('event', event, process.events.get(event)?.label),
      eventType: event,
      declared,
    })),
    ...entriesOf(node.after).map(([delay, declared]) => ({
      trigger: trigger('after', delay, process.delays.get(delay)?.label),
      eventType: `xstate.after.${delay}.${id}`,
      declared,
    })),
    ...invocationsOf(node).flatMap((invocation) => [
      {
        trigger: trigger('invocation', invocation.id, nameOf(invocation)),
        eventType: `xstate.done.actor.${invocation.id}`,
        declared: invocation.onDone,
      },
      {
        trigger: trigger('failure', invocation.id, nameOf(invocation)),
        eventType: `xstate.error.actor.${invocation.id}`,
        declared: invocation.onError,
      },
    ]),
    { trigger: trigger('always'), eventType: '', declared: node.always },
    { trigger: trigger('done'), eventType: `xstate.done.state.${id}`, declared: node.onDone },
  ]
  return ways.filter(({ declared }) => declared !== undefined)
}

interface Invocation {
  readonly id: string
  readonly src: string
  /** Of what comes to its end by itself; work has a title. */
  readonly label?: LocalText
  readonly input?: { readonly title?: LocalText }
  readonly onDone?: unknown
  readonly onError?: unknown
}

function nameOf({ label, input }: Invocation): LocalText | undefined {
  return input?.title ?? label
}

function invocationsOf({ invoke }: MachineNode): readonly Invocation[] {
  return [invoke ?? []].flat() as Invocation[]
}

function entriesOf(map: unknown): [string, unknown][] {
  return Object.entries((map ?? {}) as Record<string, unknown>)
}
