import type { MachineNode } from '../../model/model.ts'
import { inside } from '../../model/problem-list.ts'
import { linkActions } from './link-actions.ts'
import { linkInput } from './link-invocation.ts'
import { linkExpression } from './link-values.ts'
import { outputNames } from './outputs.ts'
import { eventType, withEvent, type MachineLink } from './step-scope.ts'
import type { StateNode } from './state-node.ts'
import {
  invocationsOf,
  spelledBranches,
  type DeclaredAction,
  type DeclaredInvocation,
  type Trigger,
} from './transitions.ts'
import type { Address } from '../../model/problem-list.ts'

type Config = Record<string, unknown>

/** The XState configuration of a state and its children, with numbers in place of expressions; key order is kept. */
export function linkNode(link: MachineLink, node: StateNode): MachineNode {
  const linked: Config = { ...node.config }
  for (const key of ['entry', 'exit'] as const)
    if (node.config[key] !== undefined)
      linked[key] = linkActions(link, {
        actions: node.config[key] as DeclaredAction[],
        at: inside(node.at, key),
        variables: withEvent(link),
      })
  if (node.config.on !== undefined) linked.on = linkMap(link, node, 'on')
  if (node.config.after !== undefined) linked.after = linkMap(link, node, 'after')
  if (node.config.always !== undefined)
    linked.always = linkBranches(link, {
      value: node.config.always,
      at: inside(node.at, 'always'),
      trigger: { type: 'always' },
    })
  if (node.config.onDone !== undefined)
    linked.onDone = linkBranches(link, {
      value: node.config.onDone,
      at: inside(node.at, 'onDone'),
      trigger: { type: 'done', outputs: outputNames(node) },
    })
  if (node.config.output !== undefined)
    linked.output = linkOutput(link, node.config.output as Readonly<Record<string, string>>, node)
  if (node.config.invoke !== undefined)
    linked.invoke = invocationsOf(node).map(({ invocation, at }) => linkInvocation(link, invocation, at))
  if (node.config.states !== undefined)
    linked.states = Object.fromEntries([...node.children].map(([key, child]) => [key, linkNode(link, child)]))
  return linked
}

/** What a final state gives: the number of each value's expression. */
function linkOutput(
  link: MachineLink,
  output: Readonly<Record<string, string>>,
  { at }: StateNode,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(output).map(([name, text]) => [
      name,
      linkExpression(link, { at: inside(at, 'output', name), text, variables: withEvent(link) }),
    ]),
  )
}

function linkMap(link: MachineLink, node: StateNode, key: 'on' | 'after'): Config {
  const map = node.config[key] as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(map).map(([name, value]) => {
      const trigger: Trigger = key === 'on' ? { type: 'event', event: name } : { type: 'after', delay: name }
      return [name, linkBranches(link, { value, at: inside(node.at, key, name), trigger })]
    }),
  )
}

function linkBranches(
  link: MachineLink,
  { value, at, trigger }: { value: unknown; at: Address; trigger: Trigger },
): unknown {
  if (typeof value === 'string') return value
  const variables = withEvent(link, eventType(link, trigger))
  const linked = spelledBranches(value, at).map(({ declared, at: place }) => ({
    ...declared,
    ...(declared.guard === undefined
      ? {}
      : {
          guard: {
            type: declared.guard.type,
            params: {
              expression: linkExpression(link, {
                at: inside(place, 'guard', 'params', 'expression'),
                text: declared.guard.params.expression,
                variables,
                to: { kind: 'bool' },
              }),
            },
          },
        }),
    ...(declared.actions === undefined
      ? {}
      : {
          actions: linkActions(link, { actions: declared.actions, at: inside(place, 'actions'), variables }),
        }),
  }))
  return Array.isArray(value) ? linked : linked[0]
}

function linkInvocation(link: MachineLink, invocation: DeclaredInvocation, at: Address): Config {
  const { id, onDone, onError } = invocation
  const linked: Config = { ...invocation, input: linkInput(link, invocation, inside(at, 'input')) }
  if (onDone !== undefined)
    linked.onDone = linkBranches(link, {
      value: onDone,
      at: inside(at, 'onDone'),
      trigger: { type: 'invocation', id },
    })
  if (onError !== undefined)
    linked.onError = linkBranches(link, {
      value: onError,
      at: inside(at, 'onError'),
      trigger: { type: 'failure', id },
    })
  return linked
}
