import type { Expression } from '../../../language/types.ts'
import type { LocalText, ProcessModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { LinkedAction } from '../../model/service-level.ts'
import { hashOf } from '../canonical.ts'
import type { Linkage } from '../linkage.ts'
import { draftProcess } from '../process/draft-process.ts'
import { linkActions } from '../process/link-actions.ts'
import { createdRecords, type MachineLink, type Variables } from '../process/step-scope.ts'
import type { DeclaredAction } from '../process/transitions.ts'
import { recordOf } from '../scope.ts'

/** Links actions, and gives at the end what carries them out. */
export interface ActorLink {
  /** Links the actions of one warning or escalation, which are carried out together. */
  link(actions: readonly DeclaredAction[], at: Address): readonly LinkedAction[]
  close(): ProcessModel
}

/** Actions that need no rights: they tell people or other systems something. */
const tellsOnly: ReadonlySet<string> = new Set(['note', 'notify', 'email', 'request'])

/**
 * Actions of a service level are those of processes, and are carried out in the same way: by a process that has no
 * states. It writes under the role that is declared, else under that of the process that governs the object.
 */
export function openActor(
  linkage: Linkage,
  declared: { name: string; label: LocalText; object: string; runAs: string | undefined },
): ActorLink {
  const { name, label, object } = declared
  const governing = linkage.objects.get(object)?.lifecycle?.process ?? ''
  const runAs = declared.runAs ?? (linkage.documents.process[governing]?.run_as as string | undefined)
  const document = { name, label, object, machine: {} }
  const expressions: Expression[] = []
  const process = draftProcess(linkage, name, document)
  return {
    link(actions, at) {
      const variables: Variables = {
        record: recordOf(object),
        created: { kind: 'struct', fields: createdRecords(linkage, actions) },
      }
      const link: MachineLink = {
        ...{ linkage, process, expressions, common: variables },
        ...{ forms: new Map(), invocations: new Map(), waits: new Map(), approvals: new Map() },
      }
      for (const [position, { type }] of actions.entries())
        if (runAs === undefined && !tellsOnly.has(type)) needsRole(linkage, inside(at, position))
      return linkActions(link, { actions, at, variables }) as unknown as readonly LinkedAction[]
    },
    close: () => ({
      ...{ name, label, object, runAs, expressions, stateField: undefined },
      hash: hashOf(document),
      text: JSON.stringify(document),
      events: new Map(),
      entries: [],
      context: {},
      delays: new Map(),
      machine: {},
      states: new Map(),
      forms: new Map(),
      actors: new Map(),
      waits: new Map(),
      approvals: new Map(),
    }),
  }
}

function needsRole(linkage: Linkage, at: Address): void {
  linkage.problems.error({
    at,
    code: 'alert_without_role',
    message: 'When time has passed there is no person whose rights the action could use.',
    remedy: 'Add "run_as" with a role to the service level, or to the process that governs the object.',
  })
}
