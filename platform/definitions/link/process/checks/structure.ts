import { inside } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import { nameOf, withDescendants, type StateNode } from '../state-node.ts'
import type { MachineCheck } from './machine-check.ts'

/** Checks each state by itself: its kind, its first child, its id. False if the tree cannot be walked. */
export function checkStructure(check: MachineCheck): boolean {
  checkIds(check)
  const faulty = [...withDescendants(check.process.root)].map(
    (node) =>
      checkInitial(check, node) +
      checkHistory(check, node) +
      checkFinal(check, node) +
      checkChildren(check, node),
  )
  return faulty.every((count) => count === 0)
}

type Fault = {
  readonly node: StateNode
  readonly key?: string
  readonly code: string
  readonly message: string
  readonly remedy: string
}

function report({ linkage }: MachineCheck, { node, key, ...fault }: Fault): number {
  linkage.problems.error({ at: key === undefined ? node.at : inside(node.at, key), ...fault })
  return 1
}

function checkInitial(check: MachineCheck, node: StateNode): number {
  const { initial } = node.config as { initial?: string }
  const names = [...node.children.keys()]
  if (node.kind !== 'compound') {
    if (initial === undefined) return 0
    return report(check, {
      node,
      key: 'initial',
      code: 'initial',
      message: `"${nameOf(node)}" is ${node.kind} and has no first child; XState would pass over "initial".`,
      remedy: 'Remove "initial".',
    })
  }
  if (initial === undefined)
    return report(check, {
      node,
      code: 'initial',
      message: `"${nameOf(node)}" has children and does not say which one comes first.`,
      remedy: `Add "initial": one of ${names.join(', ')}.`,
    })
  if (node.children.has(initial)) return 0
  return report(check, {
    node,
    key: 'initial',
    code: 'initial',
    message: `"${nameOf(node)}" begins in "${initial}", which is not one of its children.`,
    remedy: suggest(initial, names, 'Its children'),
  })
}

function checkHistory(check: MachineCheck, node: StateNode): number {
  const { history, target } = node.config
  if (node.kind !== 'history') {
    if (history === undefined && target === undefined) return 0
    const key = history === undefined ? 'target' : 'history'
    return report(check, {
      node,
      key,
      code: 'history',
      message: `"${nameOf(node)}" is not a history state.`,
      remedy: `Remove "${key}".`,
    })
  }
  let count = 0
  if (node.parent?.parent === undefined)
    count += report(check, {
      node,
      code: 'history',
      message: `The history state "${nameOf(node)}" lies directly under the root, where XState never records anything.`,
      remedy: 'Put it, with the states that it remembers, into a compound state.',
    })
  const extra = ['on', 'after', 'always', 'entry', 'exit', 'invoke', 'onDone', 'states'].find(
    (key) => node.config[key] !== undefined,
  )
  if (extra !== undefined)
    count += report(check, {
      node,
      key: extra,
      code: 'history',
      message: `A history state cannot have "${extra}".`,
      remedy: 'Remove it.',
    })
  return count
}

function checkFinal(check: MachineCheck, node: StateNode): number {
  if (node.kind !== 'final') {
    if (node.config.output === undefined) return 0
    return report(check, {
      node,
      key: 'output',
      code: 'final',
      message: `"${nameOf(node)}" is not final, so its "output" would never be given.`,
      remedy: 'Move it to a final state.',
    })
  }
  const extra = ['states', 'on', 'after', 'always', 'invoke', 'onDone', 'initial'].find(
    (key) => node.config[key] !== undefined,
  )
  if (extra === undefined) return 0
  return report(check, {
    node,
    key: extra,
    code: 'final',
    message: `"${nameOf(node)}" is final, so its "${extra}" never takes effect.`,
    remedy: `Remove "${extra}", or the type.`,
  })
}

function checkChildren(check: MachineCheck, node: StateNode): number {
  const { type } = node.config
  const hasChildren = node.children.size > 0
  if (type === 'atomic' && hasChildren)
    return report(check, {
      node,
      key: 'type',
      code: 'kind',
      message: `"${nameOf(node)}" says it is atomic and has children.`,
      remedy: 'Remove the type or the children.',
    })
  if ((type === 'compound' || type === 'parallel') && !hasChildren)
    return report(check, {
      node,
      key: 'type',
      code: 'kind',
      message: `"${nameOf(node)}" says it is ${String(type)} and has no children.`,
      remedy: 'Add "states", or remove the type.',
    })
  if (node.kind === 'atomic' && node.parent !== undefined && node.config.onDone !== undefined)
    return report(check, {
      node,
      key: 'onDone',
      code: 'kind',
      message: `"${nameOf(node)}" has no children that could be done.`,
      remedy: 'Remove "onDone".',
    })
  return 0
}

function checkIds(check: MachineCheck): void {
  const owners = new Map<string, StateNode>()
  for (const node of withDescendants(check.process.root)) {
    const { id } = node.config as { id?: string }
    if (id === undefined) continue
    const other = owners.get(id)
    if (other !== undefined)
      report(check, {
        node,
        key: 'id',
        code: 'duplicate_id',
        message: `The id "${id}" is used by "${nameOf(other)}" and by "${nameOf(node)}".`,
        remedy: 'Give one of them another id.',
      })
    owners.set(id, node)
  }
}
