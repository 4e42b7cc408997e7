import { inside, type Address } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import { nameOf, withDescendants, type StateNode } from '../state-node.ts'
import { resolveTarget, targetNames } from '../targets.ts'
import type { MachineCheck } from './machine-check.ts'

/** Every target of a transition or history state exists. False if one does not. */
export function checkTargets(check: MachineCheck): boolean {
  const results = check.branches.map(({ source, declared, at, isTargetAlone }) => {
    if (declared.target === undefined) return true
    return checkTarget(check, {
      source,
      target: declared.target,
      at: isTargetAlone ? at : inside(at, 'target'),
    })
  })
  for (const node of withDescendants(check.process.root))
    if (node.kind === 'history' && typeof node.config.target === 'string')
      results.push(
        checkTarget(check, { source: node, target: node.config.target, at: inside(node.at, 'target') }),
      )
  return results.every(Boolean)
}

function checkTarget(
  check: MachineCheck,
  { source, target, at }: { source: StateNode; target: string; at: Address },
): boolean {
  if (resolveTarget(source, target) !== undefined) return true
  const near = source.parent === undefined ? `.${target}` : undefined
  check.linkage.problems.error({
    at,
    code: 'unknown_state',
    message: `"${target}" does not name a state as seen from "${nameOf(source)}".`,
    remedy:
      near !== undefined && resolveTarget(source, near) !== undefined
        ? `From the root, write "${near}".`
        : suggest(target, targetNames(source), 'Possible targets'),
  })
  return false
}
