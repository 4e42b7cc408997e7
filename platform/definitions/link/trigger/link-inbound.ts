import type { TriggerDocument } from '../../documents.generated.ts'
import type { FieldModel, KeyModel, ObjectModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { InboundMoment } from '../../model/trigger.ts'
import { suggest } from '../../nearest.ts'
import { linkField } from '../link-field.ts'
import type { Draft, Linkage } from '../linkage.ts'
import type { ActorLink } from '../process/actor.ts'
import { draftForm } from '../process/draft-process.ts'
import { linkExpression, linkValues, objectTarget } from '../process/link-values.ts'
import type { DeclaredAction } from '../process/transitions.ts'
import { structOf, userType } from '../scope.ts'

type InboundDocument = Extract<TriggerDocument['on'], { type: 'inbound' }>
type Form = ReadonlyMap<string, Draft<FieldModel>>

/** The members of what is sent. */
export function draftInbound(
  linkage: Linkage,
  { name, on, at }: { name: string; on: InboundDocument; at: Address },
): Form {
  return draftForm(linkage, {
    process: name,
    form: on.fields as unknown as Parameters<typeof draftForm>[1]['form'],
    at: inside(at, 'fields'),
  })
}

/** How what another system sends is checked, and which record it is about. */
export function linkInbound(
  linkage: Linkage,
  {
    on,
    form,
    actor,
    document,
    at,
  }: { on: InboundDocument; form: Form; actor: ActorLink; document: TriggerDocument; at: Address },
): InboundMoment {
  const event = { kind: 'struct', fields: structOf(form) } as const
  for (const field of form.values())
    linkField(linkage, {
      field,
      at: inside(at, 'fields', field.name),
      scopes: {
        defaults: { user: userType },
        referring: document.object,
        conditions: { event, user: userType },
      },
    })
  const { machine } = actor
  const onceBy =
    on.once_by === undefined
      ? undefined
      : machine.expressions[
          linkExpression(machine, {
            at: inside(at, 'once_by'),
            text: on.once_by,
            variables: { event },
            to: { kind: 'string' },
          })
        ]
  if (on.finds === undefined) checkWithoutRecord(linkage, document)
  return {
    type: 'inbound',
    authentication: on.authentication,
    form,
    members: linkMembers(linkage, { members: on.members ?? {}, form, at: inside(at, 'members') }),
    finds:
      on.finds === undefined
        ? undefined
        : linkFinds(linkage, {
            finds: on.finds,
            actor,
            object: document.object,
            at: inside(at, 'finds'),
            event,
          }),
    onceBy,
  }
}

/** Where the fields lie in the body: the names on the way, from its root. */
function linkMembers(
  { problems }: Linkage,
  { members, form, at }: { members: Readonly<Record<string, string>>; form: Form; at: Address },
): ReadonlyMap<string, readonly string[]> {
  for (const name of Object.keys(members))
    if (!form.has(name))
      problems.error({
        at: { ...inside(at, name), isKey: true },
        code: 'unknown_field',
        message: `"${name}" is not one of the fields that are taken.`,
        remedy: suggest(name, form.keys(), 'Fields'),
      })
  const namesIn = (pointer: string) =>
    pointer
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return new Map(
    [...form.keys()].map((name) => {
      const pointer = members[name]
      return [name, pointer === undefined ? [name] : namesIn(pointer)]
    }),
  )
}

function linkFinds(
  linkage: Linkage,
  {
    finds,
    actor,
    object: name,
    at,
    event,
  }: {
    finds: Readonly<Record<string, string>>
    actor: ActorLink
    object: string
    at: Address
    event: { readonly kind: 'struct'; readonly fields: ReturnType<typeof structOf> }
  },
): InboundMoment['finds'] {
  const object = linkage.objects.get(name) as ObjectModel
  const key = keysOf(object).find(
    ({ fields }) => fields.length === Object.keys(finds).length && fields.every((field) => field in finds),
  )
  if (key === undefined)
    linkage.problems.error({
      at,
      code: 'not_a_key',
      message: `No key of "${name}" has the fields ${Object.keys(finds).join(', ')}; several records could be meant.`,
      remedy: `Keys: ${
        keysOf(object)
          .map(({ fields }) => fields.join(' + '))
          .join('; ') || 'none; declare one, or make a field unique'
      }.`,
    })
  if (actor.runAs === undefined)
    linkage.problems.error({
      at,
      code: 'trigger_without_role',
      message: 'The record is one that a role may read, and none is said.',
      remedy: 'Add "run_as" with a role to the trigger, or to the process that governs the object.',
    })
  const target = objectTarget(actor.machine, name)
  if (key === undefined || target === undefined) return undefined
  const { fields: _, ...types } = target
  return {
    key,
    values: linkValues(actor.machine, { values: finds, target: types, at, variables: { event } }),
  }
}

function keysOf({ keys, fields }: ObjectModel): readonly KeyModel[] {
  const unique = [...fields.values()].filter(({ isUnique }) => isUnique)
  return [...keys, ...unique.map(({ name }) => ({ name, fields: [name] }))]
}

/** Actions that need a record of their own. */
const ofRecord: ReadonlySet<string> = new Set(['set', 'note', 'call'])

function checkWithoutRecord(linkage: Linkage, document: TriggerDocument): void {
  const actions = document.actions as unknown as readonly DeclaredAction[]
  for (const [position, { type }] of actions.entries())
    if (ofRecord.has(type))
      linkage.problems.error({
        at: { kind: 'trigger', name: document.name, path: ['actions', position, 'type'] },
        code: 'no_record',
        message: `The action "${type}" needs a record, and the trigger does not say which it is about.`,
        remedy: 'Add "finds" with the fields of a key.',
      })
}
