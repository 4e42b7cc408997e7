import { inside } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import { isLeaf, isShown, nameOf, withDescendants } from '../state-node.ts'
import type { MachineCheck } from './machine-check.ts'

/** People read states: each in which a record can be should say how it is called. */
export function checkLabels({ linkage, process }: MachineCheck): void {
  for (const node of withDescendants(process.root)) {
    const label = (node.config.meta as { label?: unknown } | undefined)?.label
    if (!isLeaf(node) || node.parent === undefined || label !== undefined) continue
    linkage.problems.warning({
      at: node.at,
      code: 'state_label',
      message: `The state "${nameOf(node)}" has no label.`,
      remedy: 'Add "meta": {"label": {"en": "..."}}.',
    })
  }
}

/** The states of an entry are states in which a record can be, and which its state field shows. */
export function checkEntries({ linkage, process }: MachineCheck): void {
  const hidden = new Set(
    [...withDescendants(process.root)].filter((node) => !isShown(node)).map(({ path }) => path.join('.')),
  )
  for (const [name, { states }] of Object.entries(
    (process.document.entries ?? {}) as Record<string, { states: string[] }>,
  ))
    for (const [position, state] of states.entries()) {
      const at = inside(process.at, 'entries', name, 'states', position)
      if (!process.states.has(state))
        linkage.problems.error({
          at,
          code: 'unknown_state',
          message: `There is no state "${state}" in which a record could be placed.`,
          remedy: suggest(state, process.states.keys(), 'Known states'),
        })
      else if (hidden.has(state))
        linkage.problems.error({
          at,
          code: 'entry_in_region',
          message: `"${state}" lies in a parallel region that the state field does not show: it shows the first one.`,
          remedy: 'Name a state of the first region; the others begin with their first states.',
        })
    }
}
