import type { Expression, ExprType } from '../../../language/types.ts'
import type { ApprovalModel } from '../../model/approval.ts'
import type { FieldModel, WaitModel } from '../../model/model.ts'
import { recordOf, structOf, userType } from '../scope.ts'
import { isAssignable } from '../compile.ts'
import type { Linkage } from '../linkage.ts'
import type { ProcessDraft } from './draft-process.ts'
import { presentObject } from './names-since.ts'
import { outputNames } from './outputs.ts'
import { branchesOf, type DeclaredAction, type DeclaredInvocation, type Trigger } from './transitions.ts'
import { withDescendants, type StateNode } from './state-node.ts'

export type Variables = Readonly<Record<string, ExprType>>

const unknown: ExprType = { kind: 'dyn' }

/** What a machine is linked with: its expressions are numbered as they are compiled. */
export interface MachineLink {
  readonly linkage: Linkage
  readonly process: ProcessDraft
  readonly expressions: Expression[]
  readonly forms: ReadonlyMap<string, ReadonlyMap<string, FieldModel>>
  /** What is invoked, by its id. */
  readonly invocations: ReadonlyMap<string, DeclaredInvocation>
  /** Filled as waits are linked. */
  readonly waits: Map<string, WaitModel>
  /** Approvals in levels, by invocation id; filled in as they are linked. */
  readonly approvals: Map<string, ApprovalModel>
  /** Variables of every step, without `event`. */
  readonly common: Variables
}

/** `record`, `user`, `context` and the records that steps create. */
export function commonVariables(linkage: Linkage, process: ProcessDraft): Variables {
  const context = (process.document.context ?? {}) as Readonly<Record<string, unknown>>
  return {
    record: recordOf(process.object),
    user: userType,
    context: {
      kind: 'struct',
      fields: Object.fromEntries(Object.entries(context).map(([name, value]) => [name, typeOfJson(value)])),
    },
    created: { kind: 'struct', fields: createdRecords(linkage, allActions(process.root)) },
  }
}

/** The type of `event` for what a trigger starts: a form, the result of a work item, or not known (entry, exit, timers). */
export function eventType(
  {
    linkage,
    process,
    forms,
    invocations,
  }: Omit<MachineLink, 'expressions' | 'common' | 'waits' | 'approvals'>,
  trigger: Trigger,
): ExprType {
  if (trigger.type === 'event') {
    const event = process.events.get(trigger.event)
    return event === undefined ? unknown : { kind: 'struct', fields: structOf(event.form) }
  }
  if (trigger.type === 'done') return giving({ kind: 'struct', fields: unknownFields(trigger.outputs) })
  if (trigger.type === 'failure') return { kind: 'struct', fields: { error: failure } }
  if (trigger.type !== 'invocation') return unknown
  const invocation = invocations.get(trigger.id)
  switch (invocation?.src) {
    case 'process': {
      const invoked = linkage.processes.get(String(invocation.input.process)) as ProcessDraft | undefined
      return giving(
        invoked?.root === undefined
          ? unknown
          : { kind: 'struct', fields: unknownFields(outputNames(invoked.root)) },
      )
    }
    case 'request':
      return giving({ kind: 'struct', fields: { status: { kind: 'int' }, body: unknown } })
    case 'wait_for':
      return giving({ kind: 'struct', fields: {} })
    case 'task':
    case 'approval':
      return giving({
        kind: 'struct',
        fields: {
          ...structOf(forms.get(trigger.id) ?? new Map()),
          outcome: text,
          comment: text,
          by: userType,
          ...(invocation.input.levels === undefined ? {} : ofLevels),
        },
      })
    default:
      return giving(unknown)
  }
}

function giving(output: ExprType): ExprType {
  return { kind: 'struct', fields: { output } }
}

const failure: ExprType = {
  kind: 'struct',
  fields: { code: { kind: 'string' }, message: { kind: 'string' } },
}

function unknownFields(names: readonly string[]): Readonly<Record<string, ExprType>> {
  return Object.fromEntries(names.map((name) => [name, unknown]))
}

const text: ExprType = { kind: 'string' }

/** What the result of an approval in levels has beside that of every one. */
const ofLevels: Readonly<Record<string, ExprType>> = {
  level: text,
  levels: {
    kind: 'list',
    of: {
      kind: 'struct',
      fields: {
        name: text,
        outcome: text,
        votes: {
          kind: 'list',
          of: {
            kind: 'struct',
            fields: {
              by: text,
              on_behalf_of: text,
              outcome: text,
              comment: text,
              at: { kind: 'datetime' },
            },
          },
        },
      },
    },
  },
}

export function withEvent(link: MachineLink, event: ExprType = unknown): Variables {
  return { ...link.common, event }
}

/** The type of a declared start value of `context`; a blank may become anything. */
function typeOfJson(value: unknown): ExprType {
  if (typeof value === 'string') return { kind: 'string' }
  if (typeof value === 'boolean') return { kind: 'bool' }
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'decimal' }
  return unknown
}

/** Everything that any `create` of the actions names with `as`. */
export function createdRecords(
  linkage: Linkage,
  actions: readonly DeclaredAction[],
): Readonly<Record<string, ExprType>> {
  const created: Record<string, ExprType> = {}
  for (const { type, params } of actions) {
    if (type !== 'create' || typeof params.as !== 'string') continue
    const record = recordOf(presentObject(linkage.names, String(params.object)))
    const other = created[params.as]
    created[params.as] = other === undefined || isAssignable(record, other) ? record : unknown
  }
  return created
}

function allActions(root: StateNode): DeclaredAction[] {
  const onTransitions = branchesOf(root).flatMap(({ declared }) => declared.actions ?? [])
  const inStates = [...withDescendants(root)].flatMap(({ config }) =>
    [config.entry ?? [], config.exit ?? []].flat(),
  )
  return [...onTransitions, ...(inStates as DeclaredAction[])]
}
