import type { ProcessDocument, State } from '../../documents.generated.ts'
import type { ChoiceModel, EventModel, FieldModel, LockModel, StateModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { declaredTags } from '../../model/state-tags.ts'
import { draftField } from '../draft-field.ts'
import type { Draft, Linkage, ProcessOutline } from '../linkage.ts'
import { labelOf } from '../names.ts'
import { inOrder } from '../order.ts'
import { presentField, presentObject } from './names-since.ts'
import { ancestorsOf, isLeaf, isShown, readTree, withDescendants, type StateNode } from './state-node.ts'

export type Document = Readonly<Record<string, unknown>>

export type DeclaredEvent = NonNullable<ProcessDocument['events']>[string]

/** A process whose expressions are not compiled yet. */
export interface ProcessDraft extends ProcessOutline {
  readonly document: Document
  readonly at: Address
  readonly root: StateNode
  readonly events: Map<string, Draft<EventModel>>
}

/** Reads the tree of states and drafts the events with their forms. */
export function draftProcess(linkage: Linkage, name: string, document: Document): ProcessDraft {
  const at: Address = { kind: 'process', name, path: [] }
  const root = readTree(document.machine as Document, inside(at, 'machine'))
  const object = presentObject(linkage.names, document.object as string)
  return {
    name,
    object,
    stateField:
      document.state_field === undefined
        ? undefined
        : presentField(linkage.names, object, document.state_field as string),
    context: (document.context ?? {}) as Readonly<Record<string, unknown>>,
    document,
    at,
    root,
    states: statesOf(root, (field) => presentField(linkage.names, object, field)),
    events: draftEvents(linkage, { name, document, at }),
  }
}

/** The states of a process document that its state field can show, as its choices; needs no other declaration. */
export function stateChoices(document: Document): ReadonlyMap<string, ChoiceModel> {
  const root = readTree(document.machine as Document, {
    kind: 'process',
    name: String(document.name),
    path: [],
  })
  const shown = new Set([...withDescendants(root)].filter(isShown).map(({ path }) => path.join('.')))
  return new Map(
    [...statesOf(root).values()]
      .filter(({ path }) => shown.has(path))
      .map(({ path, label, colour }) => [path, { value: path, label, colour, isRetired: false }]),
  )
}

/** Types that make no sense in a form: nobody fills them in, or they live in other tables. */
const notInForms: ReadonlySet<string> = new Set(['formula', 'rollup', 'state', 'sequence', 'lines'])

/** The fields of a form, drafted. */
export function draftForm(
  linkage: Linkage,
  {
    process,
    form,
    at,
  }: { process: string; form: Readonly<Record<string, Document>> | undefined; at: Address },
): Map<string, Draft<FieldModel>> {
  const fields = new Map<string, Draft<FieldModel>>()
  for (const [name, given] of Object.entries(form ?? {})) {
    const place = inside(at, name)
    const declaration =
      typeof given.to === 'string' ? { ...given, to: presentObject(linkage.names, given.to) } : given
    checkFormOptions(linkage, declaration, place)
    if (notInForms.has(String(declaration.type))) {
      linkage.problems.error({
        at: inside(place, 'type'),
        code: 'form_field',
        message: `A form cannot have a field of type ${String(declaration.type)}.`,
        remedy: 'Ask for a value that a person can fill in.',
      })
      continue
    }
    const field = draftField(linkage, { at: place, object: process, name, declaration, isInForm: true })
    if (field !== undefined) fields.set(name, field)
  }
  return fields
}

/** What is said of the columns of a record, which the values of a form do not have. */
const ofRecordsOnly = ['unique', 'indexed', 'formerly', 'on_delete'] as const

function checkFormOptions(linkage: Linkage, declaration: Document, at: Address): void {
  for (const option of ofRecordsOnly)
    if (declaration[option] !== undefined)
      linkage.problems.error({
        at: inside(at, option),
        code: 'form_field',
        message: `A field of a form is not kept, so "${option}" would do nothing.`,
        remedy: `Remove "${option}", or declare it for a field of the record.`,
      })
}

function draftEvents(
  linkage: Linkage,
  { name, document, at }: { name: string; document: Document; at: Address },
) {
  const events = new Map<string, Draft<EventModel>>()
  for (const [event, declared] of inOrder((document as unknown as ProcessDocument).events))
    events.set(event, {
      name: event,
      label: declared.label ?? labelOf(event),
      help: declared.help,
      isPrimary: declared.primary === true,
      isDestructive: declared.destructive === true,
      allowedRoles: undefined,
      allowedWhen: undefined,
      needs: declared.needs ?? 'update',
      form: draftForm(linkage, {
        process: name,
        form: declared.form as Readonly<Record<string, Document>> | undefined,
        at: inside(at, 'events', event, 'form'),
      }),
    })
  return events
}

type StateMeta = NonNullable<State['meta']>

/** Leaf states in display order: `meta.order` among siblings, else as declared. */
function statesOf(root: StateNode, present = (field: string) => field): Map<string, StateModel> {
  const states = new Map<string, StateModel>()
  const visit = (node: StateNode) => {
    const meta = (node.config.meta ?? {}) as StateMeta
    const path = node.path.join('.')
    if (isLeaf(node) && node.parent !== undefined)
      states.set(path, {
        path,
        label: meta.label ?? labelOf(node.key),
        help: meta.help,
        colour: meta.colour,
        isFinal: node.kind === 'final',
        locks: [node, ...ancestorsOf(node)].flatMap(({ config }) => lockOf(config.locks, present)),
        tags: new Set([node, ...ancestorsOf(node)].flatMap(({ config }) => declaredTags(config))),
      })
    const order = Object.fromEntries(
      [...node.children].map(([key, child]) => [key, (child.config.meta ?? {}) as StateMeta]),
    )
    for (const [key] of inOrder(order)) visit(node.children.get(key) as StateNode)
  }
  visit(root)
  return states
}

interface DeclaredLock {
  readonly all?: boolean
  readonly fields?: Readonly<Record<string, boolean>>
  readonly allowed_roles?: Readonly<Record<string, boolean>>
}

/** @param present what a field that the document names is called today */
function lockOf(declared: unknown, present: (field: string) => string): readonly LockModel[] {
  if (declared === undefined) return []
  const { all = false, fields = {}, allowed_roles: roles = {} } = declared as DeclaredLock
  return [
    {
      isAll: all,
      fields: new Map(Object.entries(fields).map(([field, isClosed]) => [present(field), isClosed])),
      roles: new Set(Object.keys(roles).filter((role) => roles[role])),
    },
  ]
}
