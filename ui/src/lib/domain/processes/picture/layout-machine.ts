import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { DrawnState, DrawnTransition, ProcessPicture } from '#lib/shared/api/types.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Box extends Size {
  readonly x: number
  readonly y: number
}

export interface PlacedEdge {
  /** The transition; a first state is reached by none. */
  readonly transition: string | undefined
  readonly key: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: Box | undefined
}

/** Where everything of a machine is drawn, from the upper left corner. */
export interface MachineLayout extends Size {
  readonly states: ReadonlyMap<string, Box>
  /** The dots from which first states are reached. */
  readonly starts: readonly Box[]
  readonly edges: readonly PlacedEdge[]
}

/** Sizes as they are drawn, by the path of the state and the id of the transition. */
export interface Measures {
  readonly states: ReadonlyMap<string, Size>
  readonly labels: ReadonlyMap<string, Size>
}

const startSize = 10

/** ELK works in a thread of its own, so that the page stays quick meanwhile. */
const elk = new ELK({ workerUrl })

/**
 * Lays a machine out from top to bottom, states inside of states as boxes in boxes and edges at right angles.
 * @param measures of every state (of one with children: of its heading) and of the label of every transition
 */
export async function layoutMachine(
  { states, transitions }: ProcessPicture['machine'],
  measures: Measures,
): Promise<MachineLayout> {
  const drawn = drawnStates(states, transitions)
  const root = drawn.has('') ? '' : null
  const graph: ElkNode = {
    id: 'picture',
    // ELK 0.12 cannot keep the order of the document where boxes lie in boxes.
    layoutOptions: isNested(states) ? options : { ...options, ...inOrder },
    children: nodesIn(root === '' ? null : '', { states, drawn, measures }),
    edges: edgesOf({ states, transitions, drawn, measures }),
  }
  return placed(await elk.layout(graph))
}

/** The machine itself is a box only where transitions leave from it. */
function drawnStates(
  states: readonly DrawnState[],
  transitions: readonly DrawnTransition[],
): ReadonlySet<string> {
  const hasRoot = transitions.some(({ from, to }) => from === '' && to.length > 0)
  return new Set(states.map(({ path }) => path).filter((path) => hasRoot || path !== ''))
}

interface Drawn {
  readonly states: readonly DrawnState[]
  readonly drawn: ReadonlySet<string>
  readonly measures: Measures
}

function nodesIn(parent: string | null, context: Drawn): ElkNode[] {
  const { states, measures } = context
  const own = states.filter((state) => state.parent === parent)
  const first = own.find(({ initial }) => initial)
  const start: ElkNode[] =
    first === undefined ? [] : [{ id: startId(first), width: startSize, height: startSize }]
  return [
    ...start,
    ...own.map((state): ElkNode => {
      const { width, height } = measures.states.get(state.path) ?? { width: 120, height: 40 }
      const children = nodesIn(state.path, context)
      if (children.length === 0) return { id: stateId(state.path), width, height }
      return {
        id: stateId(state.path),
        children,
        layoutOptions: {
          ...inside,
          'elk.padding': `[top=${height + 14},left=16,bottom=16,right=16]`,
          'elk.nodeSize.constraints': 'MINIMUM_SIZE',
          'elk.nodeSize.minimum': `(${width + 8},${height + 30})`,
        },
      }
    }),
  ]
}

function edgesOf({
  states,
  transitions,
  drawn,
  measures,
}: Drawn & { transitions: readonly DrawnTransition[] }): ElkExtendedEdge[] {
  const starts = states
    .filter(({ initial, parent }) => initial && parent !== null)
    .map((state) => ({
      id: `start ${state.path}`,
      sources: [startId(state)],
      targets: [stateId(state.path)],
    }))
  const ways = transitions
    .filter(({ from }) => drawn.has(from))
    .flatMap(({ id, from, to }) =>
      to.map((target, at) => ({
        id: `way ${at} ${id}`,
        sources: [stateId(from)],
        targets: [stateId(target)],
        ...(at > 0 ? {} : { labels: [{ id: `label ${id}`, text: ' ', ...measures.labels.get(id) }] }),
      })),
    )
  return [...starts, ...ways]
}

const inside = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
}

const options = {
  ...inside,
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.edgeLabels.placement': 'CENTER',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
}

const inOrder = { 'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES' }

function isNested(states: readonly DrawnState[]): boolean {
  return states.some(({ parent }) => parent !== null && parent !== '')
}

const stateId = (path: string) => `state ${path}`
const startId = ({ parent }: DrawnState) => `start of ${parent ?? ''}`

function placed({ width = 0, height = 0, children = [], edges = [] }: ElkNode): MachineLayout {
  const nodes = children.flatMap(withChildren)
  const named = (prefix: string) => nodes.filter(({ id }) => id.startsWith(prefix))
  return {
    width,
    height,
    states: new Map(named('state ').map((node) => [node.id.slice('state '.length), boxOf(node)])),
    starts: named('start of ').map(boxOf),
    edges: [...edges, ...nodes.flatMap((node) => node.edges ?? [])].map((edge) => {
      const { sections = [], labels: [label] = [] } = edge
      return {
        key: edge.id,
        transition: /^way \d+ (.*)$/s.exec(edge.id)?.[1],
        points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
          startPoint,
          ...bendPoints,
          endPoint,
        ]),
        label: label === undefined ? undefined : boxOf(label),
      }
    }),
  }
}

function withChildren(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(withChildren)]
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height }
}
