import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'

export interface FlowTarget {
  readonly object: string
  readonly field: string
}

type Flow = ReadonlyMap<string, readonly FlowTarget[]>

const flows = new WeakMap<ProcessModel, Flow>()

/**
 * Into which fields of records the process writes what was filled into a form, by the name of the form's field: directly
 * or by way of its memory. Who may not see the field of the record may not read it in the history either.
 */
export function payloadFlow(process: ProcessModel): Flow {
  let flow = flows.get(process)
  if (flow === undefined) {
    flow = find(process)
    flows.set(process, flow)
  }
  return flow
}

interface Write {
  readonly expression: number
  /** Nothing for the process's own memory. */
  readonly object: string | undefined
  readonly field: string
}

function find(process: ProcessModel): Flow {
  const writes = actionsOf(process.machine).flatMap((action) => writesOf(process, action))
  const flow = new Map<string, FlowTarget[]>()
  const remembered = new Map<string, Set<string>>()
  const remember = (name: string, payload: string) => {
    const known = remembered.get(name) ?? new Set()
    if (known.has(payload)) return false
    remembered.set(name, known.add(payload))
    return true
  }
  const readBy = ({ expression }: Write) => read(process, expression, remembered)
  for (let isGrowing = true; isGrowing;)
    isGrowing = writes
      .filter(({ object }) => object === undefined)
      .flatMap((write) => readBy(write).map((payload) => remember(write.field, payload)))
      .includes(true)
  for (const write of writes)
    if (write.object !== undefined)
      for (const payload of readBy(write))
        flow.set(payload, [...(flow.get(payload) ?? []), { object: write.object, field: write.field }])
  return flow
}

/** The fields of forms that an expression reads, itself or out of the memory. */
function read(
  process: ProcessModel,
  expression: number,
  remembered: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return (process.expressions[expression]?.paths ?? []).flatMap(([root, name = '', below = '']) => {
    if (root === 'event') return [name === 'output' ? below : name]
    return root === 'context' ? [...(remembered.get(name) ?? [])] : []
  })
}

interface Action {
  readonly type: string
  readonly params?: {
    readonly values?: Readonly<Record<string, number>>
    readonly object?: string
    readonly target?: number
    readonly lines?: { readonly field: string; readonly values?: Readonly<Record<string, number>> }
  }
}

function writesOf(process: ProcessModel, { type, params = {} }: Action): Write[] {
  const values = Object.entries(params.values ?? {})
  const into = (object: string | undefined) =>
    values.map(([field, expression]): Write => ({ expression, object, field }))
  switch (type) {
    case 'set':
      return into(process.object)
    case 'assign':
      return into(undefined)
    case 'create':
      return [
        ...into(params.object),
        ...Object.values(params.lines?.values ?? {}).map((expression) => ({
          expression,
          object: params.object,
          field: params.lines?.field ?? '',
        })),
      ]
    case 'update': {
      const target = process.expressions[params.target ?? -1]?.type
      return target?.kind === 'record' ? into(target.object) : []
    }
    default:
      return []
  }
}

/** Every action of a machine, wherever it stands. */
function actionsOf(value: unknown): readonly Action[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf)
  if (typeof value !== 'object' || value === null) return []
  const { entry = [], exit = [], actions = [] } = value as MachineNode
  const own = [entry, exit, actions].flat() as Action[]
  const inner = Object.entries(value).filter(([key]) => !['entry', 'exit', 'actions', 'input'].includes(key))
  return [...own, ...inner.flatMap(([, each]) => actionsOf(each))]
}
