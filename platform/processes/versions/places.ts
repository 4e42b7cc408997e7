import type { MachineNode } from '../../definitions/model/model.ts'

/** What the states of a version of a process wait for and invoke, each by the path of its state. */
export interface Places {
  /** Paths by the name that timers have for the state: its id, or its path behind the name of the process. */
  readonly byNodeId: ReadonlyMap<string, string>
  readonly nodeIds: ReadonlyMap<string, string>
  readonly invocations: ReadonlyMap<string, PlacedInvocation>
}

export interface PlacedInvocation {
  readonly path: string
  /** What it is: `task`, `approval`, `approval in levels`, `request` ... */
  readonly actor: string
}

/** Reads the document of a version. */
export function placesOf({ name, machine }: { name: string; machine: MachineNode }): Places {
  const nodeIds = new Map<string, string>()
  const invocations = new Map<string, PlacedInvocation>()
  const visit = (node: MachineNode, keys: readonly string[]): void => {
    const path = keys.join('.')
    nodeIds.set(path, (node.id as string | undefined) ?? [name, ...keys].join('.'))
    for (const invocation of [node.invoke ?? []].flat() as Invocation[])
      invocations.set(invocation.id, { path, actor: actorOf(invocation) })
    for (const [key, child] of Object.entries((node.states ?? {}) as Record<string, MachineNode>))
      visit(child, [...keys, key])
  }
  visit(machine, [])
  return { nodeIds, invocations, byNodeId: new Map([...nodeIds].map(([path, id]) => [id, path])) }
}

interface Invocation {
  readonly id: string
  readonly src: string
  readonly input?: { readonly levels?: unknown }
}

function actorOf({ src, input }: Invocation): string {
  return src === 'approval' && input?.levels !== undefined ? 'approval in levels' : src
}
