import type { MachineNode } from '../../definitions/model/model.ts'
import type { Step } from './compiled-machine.ts'

type Answers = (step: Step, values: Readonly<Record<string, number>>) => Record<string, unknown>

/**
 * The configuration with functions in place of what final states give. Each of the final states beside each other gives
 * the values of all, blank where it does not name them: what follows is the same for them.
 */
export function withOutputs(node: MachineNode, answers: Answers): MachineNode {
  const children = Object.entries((node.states ?? {}) as Record<string, MachineNode>)
  if (children.length === 0) return node
  const finals = children.flatMap(([, child]) => (child.type === 'final' ? [outputOf(child)] : []))
  const blanks = Object.fromEntries(
    finals.flatMap((output) => Object.keys(output).map((name) => [name, null])),
  )
  const states = children.map(([key, child]) => [
    key,
    child.type === 'final'
      ? { ...child, output: (step: Step) => ({ ...blanks, ...answers(step, outputOf(child)) }) }
      : withOutputs(child, answers),
  ])
  return { ...node, states: Object.fromEntries(states) as MachineNode['states'] }
}

function outputOf(node: MachineNode): Readonly<Record<string, number>> {
  return (node.output ?? {}) as Readonly<Record<string, number>>
}
