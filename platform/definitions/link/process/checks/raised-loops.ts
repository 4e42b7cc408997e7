import { findCircles } from '../../dependencies.ts'
import { ancestorsOf, nameOf, withDescendants, type StateNode } from '../state-node.ts'
import { resolveTarget } from '../targets.ts'
import type { Branch, DeclaredAction } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

interface Moment {
  readonly leaf: StateNode
  readonly event: string
}

/**
 * Finds events that raise each other without end: from a state, each is taken without a guard, raises the next without
 * a condition, and the machine is still or again where the first is taken. Such a step is broken off when it comes.
 */
export function checkRaisedLoops(check: MachineCheck): void {
  const raised = new Set(
    [...withDescendants(check.process.root)].flatMap(({ config }) => raisedBy(config.entry)),
  )
  for (const { declared } of check.branches) for (const event of raisedBy(declared.actions)) raised.add(event)
  if (raised.size === 0) return
  const moments = new Map<string, Moment>()
  for (const leaf of withDescendants(check.process.root))
    if (leaf.kind === 'atomic')
      for (const event of raised) moments.set(`${leaf.path.join('.')} ${event}`, { leaf, event })
  const circles = findCircles([...moments.keys()], (key) => followers(check, moments.get(key) as Moment))
  const reported = new Set<Branch>()
  for (const circle of circles) {
    const around = circle.map((key) => moments.get(key) as Moment)
    const first = around[0] as Moment
    const branch = certainBranch(check, first)
    if (branch === undefined || reported.has(branch)) continue
    reported.add(branch)
    const names = [...around, first].map(({ event }) => event).join(' -> ')
    check.linkage.problems.error({
      at: branch.at,
      code: 'endless_raise',
      message: `In "${nameOf(first.leaf)}" these events raise each other without end: ${names}.`,
      remedy: 'Add a guard to one of the transitions, or "when" to one of the actions.',
    })
  }
}

/** Where the machine certainly is, and which event it certainly meets, after an event. */
function followers(check: MachineCheck, moment: Moment): string[] {
  const branch = certainBranch(check, moment)
  const leaf = branch && leafAfter(check, branch, moment.leaf)
  if (branch === undefined || leaf === undefined) return []
  const entered = leaf === moment.leaf ? [] : raisedBy(leaf.config.entry)
  return [...raisedBy(branch.declared.actions), ...entered].map((event) => `${leaf.path.join('.')} ${event}`)
}

/** The branch that is taken on an event, where no guard and no other region has a say in it. */
function certainBranch({ branches }: MachineCheck, { leaf, event }: Moment): Branch | undefined {
  const around = [leaf, ...ancestorsOf(leaf)]
  const candidates = branches.filter(({ trigger }) => trigger.type === 'event' && trigger.event === event)
  const isAlone =
    around.every(({ kind }) => kind !== 'parallel') ||
    candidates.every(({ source }) => around.includes(source))
  if (!isAlone) return undefined
  const innermost = around.find((node) => candidates.some(({ source }) => source === node))
  const branch = candidates.find(({ source }) => source === innermost)
  return branch?.declared.guard === undefined ? branch : undefined
}

/** The state in which the machine comes to rest after the branch, where that is certain. */
function leafAfter({ branches }: MachineCheck, { source, declared }: Branch, from: StateNode) {
  if (declared.target === undefined) return from
  let leaf = resolveTarget(source, declared.target)
  while (leaf?.kind === 'compound') leaf = leaf.children.get(String(leaf.config.initial))
  if (leaf?.kind !== 'atomic') return undefined
  const around = [leaf, ...ancestorsOf(leaf), ...ancestorsOf(from)]
  const isMoving = branches.some(
    ({ source: of, trigger }) => trigger.type === 'always' && around.includes(of),
  )
  return isMoving || around.some(({ kind }) => kind === 'parallel') ? undefined : leaf
}

function raisedBy(actions: unknown): string[] {
  return ((actions ?? []) as readonly DeclaredAction[])
    .filter(({ type, params }) => type === 'raise' && params.when === undefined)
    .map(({ params }) => String(params.event))
}
