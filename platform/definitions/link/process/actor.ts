import type { Expression } from '../../../language/types.ts'
import type { DelayModel, LocalText, ProcessModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { LinkedAction } from '../../model/service-level.ts'
import { hashOf } from '../canonical.ts'
import type { Linkage } from '../linkage.ts'
import { recordOf } from '../scope.ts'
import { draftProcess } from './draft-process.ts'
import { linkActions } from './link-actions.ts'
import { createdRecords, type MachineLink, type Variables } from './step-scope.ts'
import type { DeclaredAction } from './transitions.ts'

/** Links actions, and gives at the end what carries them out. */
export interface ActorLink {
  /** The role under which the actions write. */
  readonly runAs: string | undefined
  /** Links the actions that are carried out together. */
  link(actions: readonly DeclaredAction[], at: Address): readonly LinkedAction[]
  /** For single expressions beside the actions. */
  readonly machine: MachineLink
  close(delays?: ReadonlyMap<string, DelayModel>): ProcessModel
}

/** Actions that need no rights: they tell people or other systems something. */
const tellsOnly: ReadonlySet<string> = new Set(['note', 'notify', 'email', 'request'])

/**
 * Actions that belong to no machine are those of processes, and are carried out in the same way: by a process that has
 * no states. It writes under the role that is declared, else under that of the process that governs the object.
 * @param declared `variables` are those that the actions see; `record` alone if not said
 */
export function openActor(
  linkage: Linkage,
  declared: {
    name: string
    label: LocalText
    object: string
    runAs: string | undefined
    variables?: Variables
    missingRole: { code: string; message: string; remedy: string }
  },
): ActorLink {
  const { name, label, object, missingRole } = declared
  const governing = linkage.objects.get(object)?.lifecycle?.process ?? ''
  const runAs = declared.runAs ?? (linkage.documents.process[governing]?.run_as as string | undefined)
  const document = { name, label, object, machine: {} }
  const expressions: Expression[] = []
  const process = draftProcess(linkage, name, document)
  const seen = declared.variables ?? { record: recordOf(object) }
  const machine: MachineLink = {
    ...{ linkage, process, expressions, common: seen },
    ...{ forms: new Map(), invocations: new Map(), waits: new Map(), approvals: new Map() },
  }
  return {
    runAs,
    machine,
    link(actions, at) {
      const variables: Variables = {
        ...seen,
        created: { kind: 'struct', fields: createdRecords(linkage, actions) },
      }
      for (const [position, { type }] of actions.entries())
        if (runAs === undefined && !tellsOnly.has(type))
          linkage.problems.error({ at: inside(at, position), ...missingRole })
      const link = { ...machine, common: variables }
      return linkActions(link, { actions, at, variables }) as unknown as readonly LinkedAction[]
    },
    close: (delays = new Map()) => ({
      ...{ name, label, object, runAs, expressions, stateField: undefined },
      hash: hashOf(document),
      text: JSON.stringify(document),
      events: new Map(),
      entries: [],
      context: {},
      delays,
      machine: {},
      states: new Map(),
      forms: new Map(),
      actors: new Map(),
      waits: new Map(),
      approvals: new Map(),
      release: undefined,
      migration: undefined,
    }),
  }
}
