import { fieldTypeRegistry } from '../../field-types/registry.ts'
import type { EventModel, FieldModel, LocalText, Model, ProcessModel } from '../../model/model.ts'
import { inside, problemList } from '../../model/problem-list.ts'
import type { Problem } from '../../model/problem.ts'
import { checkDocument, schemasOf } from '../../validate/check-documents.ts'
import { deepFreeze, hashOf } from '../canonical.ts'
import { compileCondition } from '../compile.ts'
import { linkField, type FieldScopes } from '../link-field.ts'
import type { Draft, Linkage, ProcessOutline } from '../linkage.ts'
import { checkRole, checkRoles } from '../roles.ts'
import { structOf, userType } from '../scope.ts'
import { sentEvents } from '../sent-events.ts'
import { checkGovernance } from './checks/governance.ts'
import { checkMachine } from './checks/check-machine.ts'
import {
  draftForm,
  draftProcess,
  type DeclaredEvent,
  type Document,
  type ProcessDraft,
} from './draft-process.ts'
import { linkDelays } from './link-delays.ts'
import { linkNode } from './link-machine.ts'
import { linkVersions } from './link-versions.ts'
import type { NamesSince } from './names-since.ts'
import { commonVariables, type MachineLink, type Variables } from './step-scope.ts'
import { withDescendants } from './state-node.ts'
import { invocationsOf } from './transitions.ts'

/** Compiles a drafted process and checks its machine; every object and every other process is drafted. */
export function linkProcessDraft(linkage: Linkage, process: ProcessDraft): ProcessModel {
  const linked = compileProcess(linkage, process)
  checkMachine(linkage, process)
  return linked
}

function compileProcess(linkage: Linkage, process: ProcessDraft): ProcessModel {
  const { document, at } = process
  checkGovernance(linkage, process)
  if (typeof document.run_as === 'string') checkRole(linkage, document.run_as, inside(at, 'run_as'))
  const common = commonVariables(linkage, process)
  const events = linkEvents(linkage, process, common)
  const link: MachineLink = {
    linkage,
    process,
    common,
    expressions: [],
    forms: linkForms(linkage, process, common),
    invocations: new Map(
      [...withDescendants(process.root)]
        .flatMap((node) => invocationsOf(node))
        .map(({ invocation }) => [invocation.id, invocation]),
    ),
    waits: new Map(),
    approvals: new Map(),
  }
  const delays = linkDelays(link)
  const machine = linkNode(link, process.root)
  // How a version came into force is no part of what it means.
  const { release: _release, migration: _migration, ...lasting } = document
  return {
    name: process.name,
    label: document.label as LocalText,
    object: process.object,
    stateField: process.stateField,
    hash: hashOf(lasting),
    text: JSON.stringify(lasting),
    runAs: document.run_as as string | undefined,
    events,
    entries: linkEntries(linkage, process),
    context: process.context,
    delays,
    machine,
    states: process.states,
    expressions: link.expressions,
    forms: link.forms,
    actors: new Map([...link.invocations].map(([id, { src }]) => [id, src])),
    waits: link.waits,
    approvals: link.approvals,
    ...linkVersions(link),
  }
}

function linkEvents(
  linkage: Linkage,
  process: ProcessDraft,
  { record }: Variables,
): ReadonlyMap<string, EventModel> {
  const variables = { record: record as NonNullable<typeof record>, user: userType }
  for (const [name, declared] of Object.entries(
    (process.document.events ?? {}) as Record<string, DeclaredEvent>,
  )) {
    const event = process.events.get(name) as Draft<EventModel>
    const at = inside(process.at, 'events', name)
    event.allowedRoles = checkRoles(linkage, declared.allowed_roles, inside(at, 'allowed_roles'))
    if (declared.allowed_when !== undefined)
      event.allowedWhen = compileCondition(linkage, {
        at: inside(at, 'allowed_when'),
        text: declared.allowed_when,
        variables,
      })
    const scopes = formScopes(process, variables, event.form)
    for (const field of event.form.values())
      linkField(linkage, { field, at: inside(at, 'form', field.name), scopes })
  }
  return process.events
}

/** A form sees the record, the person, and in its conditions what has been filled in so far as `event`. */
function formScopes(
  process: ProcessDraft,
  variables: Variables,
  form: ReadonlyMap<string, FieldModel>,
): FieldScopes {
  return {
    defaults: variables,
    referring: process.object,
    conditions: { ...variables, event: { kind: 'struct', fields: structOf(form) } },
  }
}

function linkForms(linkage: Linkage, process: ProcessDraft, { record }: Variables) {
  const variables = { record: record as NonNullable<typeof record>, user: userType }
  const forms = new Map<string, ReadonlyMap<string, FieldModel>>()
  for (const node of withDescendants(process.root))
    for (const { invocation, at } of invocationsOf(node)) {
      const place = inside(at, 'input', 'form')
      const form = draftForm(linkage, {
        process: process.name,
        form: invocation.input.form as Record<string, Document> | undefined,
        at: place,
      })
      const scopes = formScopes(process, variables, form)
      for (const field of form.values()) linkField(linkage, { field, at: inside(place, field.name), scopes })
      forms.set(invocation.id, form)
    }
  return forms
}

function linkEntries(linkage: Linkage, process: ProcessDraft): ProcessModel['entries'] {
  const declared = Object.entries(
    (process.document.entries ?? {}) as Record<
      string,
      { states: string[]; allowed_roles: Record<string, boolean> }
    >,
  )
  return declared.map(([name, { states, allowed_roles }]) => ({
    name,
    states: new Set(states),
    roles:
      checkRoles(linkage, allowed_roles, inside(process.at, 'entries', name, 'allowed_roles')) ??
      new Set<string>(),
  }))
}

/**
 * Faults that come from what was declared after the document, and that only the step meets which needs it: it is
 * refused when it comes, and the others go on.
 */
const metOnTheWay: ReadonlySet<string> = new Set([
  'required_value',
  'unknown_choice',
  'unknown_role',
  'unknown_queue',
  'queue_object',
  'not_writable',
])

/**
 * Links a process document from before against the Model that is in force: an instance lives on with the document that
 * it began with. The machine itself was checked when the document was published.
 * @param names what the objects and fields that the document names are called today
 * @returns the process, frozen; or, where the document no longer fits, the problems
 */
export function linkProcess(
  document: Document,
  model: Model,
  names?: NamesSince,
): { readonly process: ProcessModel } | { readonly problems: readonly Problem[] } {
  const problems = problemList()
  const registry = fieldTypeRegistry(model.plugins.fieldTypes)
  const name = String(document.name)
  checkDocument({ kind: 'process', name, document }, { schemas: schemasOf(registry), problems })
  if (problems.hasErrors()) return { problems: problems.problems }
  const processes = new Map<string, ProcessOutline>(model.processes)
  const linkage: Linkage = {
    settings: model.settings,
    registry,
    problems,
    documents: model.documents,
    pluginActions: new Set(model.plugins.actions),
    roles: new Set(model.roles.keys()),
    choiceSets: model.choiceSets,
    sequences: model.sequences,
    connections: model.connections,
    objects: model.objects,
    sentEvents: sentEvents([...Object.values(model.documents.process), document]),
    processes,
    names,
  }
  const draft = draftProcess(linkage, name, document)
  processes.set(name, draft)
  const process = compileProcess(linkage, draft)
  const faults = problems.problems.filter(
    ({ severity, code }) => severity === 'error' && !metOnTheWay.has(code),
  )
  return faults.length > 0 ? { problems: faults } : { process: deepFreeze(process) }
}
