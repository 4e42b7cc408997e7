import { findCircles } from '../../dependencies.ts'
import { nameOf, withDescendants, type StateNode } from '../state-node.ts'
import { resolveTarget } from '../targets.ts'
import type { Branch } from '../transitions.ts'
import { canHold } from './guards/can-hold.ts'
import { guardOf, negated } from './guards/check-guards.ts'
import type { MachineCheck } from './machine-check.ts'

/** Finds `always` transitions that would follow each other without end. XState's limit on these is infinite. */
export function checkEndlessAlways({ linkage, process, branches }: MachineCheck): void {
  const always = branches.filter(({ trigger }) => trigger.type === 'always')
  for (const { declared, at } of always)
    if (declared.target === undefined)
      linkage.problems.error({
        at,
        code: 'endless_always',
        message: 'An "always" without a target is taken again and again.',
        remedy: 'Give it a target, or use "entry".',
      })
  const unguarded = always.filter((branch) => branch.declared.target !== undefined && isAlwaysTaken(branch))
  const nodes = new Map([...withDescendants(process.root)].map((node) => [node.path.join('.'), node]))
  const circles = findCircles([...nodes.keys()], (name) =>
    unguarded
      .filter(({ source }) => source === nodes.get(name))
      .flatMap(({ source, declared }) => entered(resolveTarget(source, declared.target as string)))
      .map((node) => node.path.join('.')),
  )
  for (const circle of circles)
    linkage.problems.error({
      at: (nodes.get(circle[0] as string) as StateNode).at,
      code: 'endless_always',
      message: `"always" without a guard leads in a circle: ${[...circle, circle[0]].map((name) => nameOf(nodes.get(name as string) as StateNode)).join(' -> ')}.`,
      remedy: 'Add a guard to one of the transitions.',
    })
}

/** Whether a branch is taken whenever its turn comes, and none comes before it. */
function isAlwaysTaken(branch: Branch): boolean {
  const condition = branch.position === 0 ? guardOf(branch) : undefined
  return condition !== undefined && !canHold(negated(condition))
}

/** The state and the first children that are entered with it. */
function entered(node: StateNode | undefined): StateNode[] {
  if (node === undefined) return []
  if (node.kind === 'parallel') return [node, ...[...node.children.values()].flatMap(entered)]
  const first = node.kind === 'compound' ? node.children.get(node.config.initial as string) : undefined
  return [node, ...entered(first)]
}
