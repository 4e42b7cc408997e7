import { describe, expect, test } from 'vitest'
import { shippedModel } from './shipped-packages.ts'

const model = shippedModel()

type Json = Readonly<Record<string, unknown>>

interface Action {
  readonly type: string
  readonly params: Json
}

/** A state of a shipped machine, as it is declared. */
interface Declared {
  readonly process: string
  readonly path: readonly string[]
  readonly node: Json
}

const states = [...model.processes.values()].flatMap(({ name, text }) => {
  const { machine } = JSON.parse(text) as { machine: Json }
  return [...statesIn({ process: name, path: [], node: machine })]
})
const branches = states.flatMap(({ node }) => branchesOf(node))
const actions = [
  ...states.flatMap(({ node }) => [node.entry ?? [], node.exit ?? []].flat() as Action[]),
  ...branches.flatMap(actionsOf),
]
const invoked = states.flatMap(({ node }) => [node.invoke ?? []].flat() as Json[])
const delays = states.flatMap(({ node }) => Object.keys((node.after ?? {}) as object))

const has = (key: string) => states.some(({ node }) => node[key] !== undefined)
const does = (type: string) => actions.some((action) => action.type === type)
const invokes = (src: string) => invoked.some((each) => each.src === src)
const isDuration = (delay: string) => delay.startsWith('P')

describe('the shipped processes use', () => {
  test.each([
    ['nested states', states.some(({ path, node }) => path.length > 0 && node.initial !== undefined)],
    ['parallel states', states.some(({ node }) => node.type === 'parallel')],
    ['a shallow or deep history', states.some(({ node }) => node.type === 'history')],
    ['always', has('always')],
    ['after with a duration', delays.some((delay) => isDuration(delay) && !delay.includes('@'))],
    ['after with a duration in a calendar', delays.some((delay) => isDuration(delay) && delay.includes('@'))],
    ['after with an expression', delays.some((delay) => !isDuration(delay))],
    ['tasks', invokes('task')],
    ['approvals', invokes('approval')],
    ['approvals in levels', invoked.some(({ input }) => (input as Json).levels !== undefined)],
    ['child processes', invokes('process')],
    ['outside requests', invokes('request')],
    ['waits', invokes('wait_for')],
    ['work that waits in a queue', invoked.some(({ input }) => (input as Json).queue !== undefined)],
    ['errors with their paths', invoked.some(({ onError }) => onError !== undefined)],
    [
      'outputs of final states',
      states.some(({ node }) => node.type === 'final' && node.output !== undefined),
    ],
    ['the end of children', has('onDone')],
    ['raise', does('raise')],
    ['send', does('send')],
    ['memory', does('assign')],
    ['guards', branches.some(({ guard }) => guard !== undefined)],
    ['entering anew', branches.some(({ reenter }) => reenter === true)],
    ['actions on entering', has('entry')],
    ['tags', has('tags')],
    ['meta with label, help and colour', states.some(({ node }) => isFullMeta(node.meta))],
    ['locks', has('locks')],
  ])('%s', (_, isUsed) => {
    expect(isUsed).toBe(true)
  })

  test('events that processes send each other', () => {
    const sent = states.flatMap(({ process, node }) =>
      branchesOf(node)
        .flatMap(actionsOf)
        .filter(({ type }) => type === 'send')
        .map(({ params }) => `${process}: ${String(params.event)}`),
    )
    expect([...new Set(sent)].sort()).toEqual([
      'order_fulfilment: order_cancelled',
      'quote_approval: quote_declined',
      'quote_approval: win',
    ])
  })
})

describe('the shipped packages use', () => {
  const alerts = [...model.serviceLevels.values()]
    .flat()
    .flatMap(({ promises }) => [...promises.values()].flatMap((promise) => [...promise.alerts.keys()]))
  const triggers = [...model.triggers.values()].map(({ on }) => on.type)
  test.each([
    ['service levels that warn', alerts.some((name) => name.startsWith('warnings/'))],
    ['service levels that escalate', alerts.some((name) => name.startsWith('escalations/'))],
    ['queues that hand out', [...model.queues.values()].some(({ assignment }) => assignment !== 'pull')],
    [
      'queues from which people take',
      [...model.queues.values()].some(({ assignment }) => assignment === 'pull'),
    ],
    ['skills', [...model.queues.values()].some(({ rules }) => rules.some(({ skills }) => skills.size > 0))],
    ['ageing and overflow', [...model.queues.values()].some(({ ageing, overflow }) => ageing && overflow)],
    ['connections', model.connections.size > 0],
    ['triggers when a moment has come', triggers.includes('due')],
    ['triggers at set times', triggers.includes('schedule')],
    ['triggers from outside', triggers.includes('inbound')],
  ])('%s', (_, isUsed) => {
    expect(Boolean(isUsed)).toBe(true)
  })
})

function* statesIn(state: Declared): Generator<Declared> {
  yield state
  for (const [key, node] of Object.entries((state.node.states ?? {}) as Record<string, Json>))
    yield* statesIn({ process: state.process, path: [...state.path, key], node })
}

/** Every transition that a state declares, whatever makes it. */
function branchesOf(node: Json): Json[] {
  const invocations = [node.invoke ?? []].flat() as Json[]
  return [
    ...Object.values((node.on ?? {}) as object),
    ...Object.values((node.after ?? {}) as object),
    node.always,
    node.onDone,
    ...invocations.flatMap(({ onDone, onError }) => [onDone, onError]),
  ]
    .flat()
    .filter((branch): branch is Json => typeof branch === 'object' && branch !== null)
}

function actionsOf({ actions: declared }: Json): readonly Action[] {
  return (declared ?? []) as readonly Action[]
}

function isFullMeta(meta: unknown): boolean {
  const { label, help, colour } = (meta ?? {}) as Json
  return label !== undefined && help !== undefined && colour !== undefined
}
