import type { Expression } from '../../language/types.ts'
import type { Model, ProcessModel } from '../model/model.ts'
import { expressionUses } from './expression-uses.ts'
import { usesInField } from './uses-in-fields.ts'
import type { Use } from './use.ts'

/** The object and state field of each process, its forms, its expressions and what its actions write. */
export function* usesInProcesses(model: Model): Generator<Use> {
  for (const process of model.processes.values()) {
    const by = `processes/${process.name}`
    const roots = { record: process.object, user: 'user' }
    yield { target: process.object, by }
    if (process.stateField !== undefined)
      yield { target: `${process.object}.${process.stateField}`, by: `${by}/state_field` }
    for (const { object, until } of process.waits.values())
      yield* expressionUses(model, { expression: until, roots: { record: object }, by: `${by}/machine` })
    for (const event of process.events.values()) {
      yield* expressionUses(model, {
        expression: event.allowedWhen,
        roots,
        by: `${by}/events/${event.name}/allowed_when`,
      })
      for (const field of event.form.values())
        yield* usesInField(model, {
          field,
          object: process.object,
          by: `${by}/events/${event.name}/form/${field.name}`,
        })
    }
    for (const form of process.forms.values())
      for (const field of form.values())
        yield* usesInField(model, { field, object: process.object, by: `${by}/machine` })
    for (const expression of process.expressions)
      yield* expressionUses(model, { expression, roots, by: `${by}/machine` })
    yield* usesInActions(model, { process, actions: process.machine, by: `${by}/machine` })
  }
}

interface LinkedParams {
  readonly object?: string
  readonly target?: number
  readonly values?: object
  readonly lines?: { readonly field: string; readonly values: object }
}

/** What actions write, wherever they lie in a declaration; their expressions are those of the process. */
export function* usesInActions(
  model: Model,
  { process, actions, by }: { process: ProcessModel; actions: unknown; by: string },
): Generator<Use> {
  for (const { type, params } of actionsIn(actions)) {
    const object = writtenObject(process, type, params)
    if (object === undefined) continue
    yield { target: object, by }
    for (const field of Object.keys(params.values ?? {})) yield { target: `${object}.${field}`, by }
    const rows = params.lines && model.objects.get(object)?.fields.get(params.lines.field)?.lines?.object
    if (rows !== undefined)
      for (const field of Object.keys(params.lines?.values ?? {})) yield { target: `${rows}.${field}`, by }
  }
}

/** The object whose fields an action writes. */
function writtenObject(process: ProcessModel, type: string, params: LinkedParams): string | undefined {
  if (type === 'set') return process.object
  if (type === 'create') return params.object
  const target: Expression | undefined =
    type === 'update' && params.target !== undefined ? process.expressions[params.target] : undefined
  return target?.type.kind === 'record' ? target.type.object : undefined
}

function* actionsIn(node: unknown): Generator<{ type: string; params: LinkedParams }> {
  if (typeof node !== 'object' || node === null) return
  const { type, params } = node as { type?: unknown; params?: unknown }
  if (typeof type === 'string' && typeof params === 'object' && params !== null) yield { type, params }
  for (const entry of Object.values(node)) yield* actionsIn(entry)
}
