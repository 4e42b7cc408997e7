import type { Calendar } from '../../../calendars/calendar.ts'
import type { TriggerDocument } from '../../documents.generated.ts'
import type { Model } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { TriggerModel } from '../../model/trigger.ts'
import { deepFreeze, hashOf } from '../canonical.ts'
import type { Linkage } from '../linkage.ts'
import { checkObject } from '../look-up.ts'
import { openActor, type ActorLink } from '../process/actor.ts'
import { linkExpression } from '../process/link-values.ts'
import type { Variables } from '../process/step-scope.ts'
import type { DeclaredAction } from '../process/transitions.ts'
import { checkRole } from '../roles.ts'
import { recordOf, structOf } from '../scope.ts'
import { checkEndless } from './check-endless.ts'
import { draftInbound, linkInbound } from './link-inbound.ts'
import { linkChanged, linkDue } from './link-moments.ts'
import { linkSchedule } from './link-schedule.ts'

/** Compiles the triggers; every object and process is linked, and the calendars are ready. */
export function linkTriggers(
  linkage: Linkage,
  calendars: ReadonlyMap<string, Calendar>,
): Pick<Model, 'triggers' | 'triggersOfWrites'> {
  const triggers = new Map<string, TriggerModel>()
  const ofWrites = new Map<string, TriggerModel[]>()
  const documents = Object.values(linkage.documents.trigger) as unknown as readonly TriggerDocument[]
  for (const document of documents) {
    const trigger = linkTrigger(linkage, document, calendars)
    if (trigger === undefined) continue
    triggers.set(trigger.name, trigger)
    if (trigger.on.type === 'schedule' || trigger.on.type === 'inbound') continue
    ofWrites.set(trigger.object, [...(ofWrites.get(trigger.object) ?? []), trigger])
  }
  checkEndless(linkage, triggers)
  return { triggers: deepFreeze(triggers), triggersOfWrites: deepFreeze(ofWrites) }
}

function linkTrigger(
  linkage: Linkage,
  document: TriggerDocument,
  calendars: ReadonlyMap<string, Calendar>,
): TriggerModel | undefined {
  const { name, label, object, on } = document
  const at: Address = { kind: 'trigger', name, path: [] }
  if (!checkObject(linkage, object, inside(at, 'object'))) return undefined
  if (document.run_as !== undefined) checkRole(linkage, document.run_as, inside(at, 'run_as'))
  const form = on.type === 'inbound' ? draftInbound(linkage, { name, on, at: inside(at, 'on') }) : undefined
  const record = recordOf(object)
  const variables: Variables = {
    ...(on.type === 'inbound' && on.finds === undefined ? {} : { record }),
    ...(on.type === 'changed' ? { before: record } : {}),
    ...(form === undefined ? {} : { event: { kind: 'struct', fields: structOf(form) } }),
  }
  const actor = openActor(linkage, {
    name,
    label,
    object,
    runAs: document.run_as,
    variables,
    missingRole: {
      code: 'trigger_without_role',
      message: 'A trigger has no person whose rights the action could use.',
      remedy: 'Add "run_as" with a role to the trigger, or to the process that governs the object.',
    },
  })
  const moment = linkOn(linkage, { document, actor, form, calendars, at: inside(at, 'on') })
  const when = linkWhen(actor, document, inside(at, 'when'))
  const actions = actor.link(document.actions as unknown as readonly DeclaredAction[], inside(at, 'actions'))
  if (moment === undefined) return undefined
  const delays = moment.type === 'due' ? new Map([[moment.moment.name, moment.moment]]) : undefined
  return {
    name,
    label,
    object,
    on: moment,
    when,
    actions,
    actor: actor.close(delays),
    hash: hashOf([object, on.type === 'due' ? on.at : on.type === 'schedule' ? on : null]),
  }
}

interface Site {
  readonly document: TriggerDocument
  readonly actor: ActorLink
  readonly form: ReturnType<typeof draftInbound> | undefined
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly at: Address
}

function linkOn(linkage: Linkage, site: Site): TriggerModel['on'] | undefined {
  const { on, object } = site.document
  switch (on.type) {
    case 'created':
      return { type: 'created' }
    case 'changed':
      return linkChanged(linkage, { object, declared: on.fields, at: inside(site.at, 'fields') })
    case 'due':
      return linkDue(linkage, { ...site, on })
    case 'schedule':
      return linkSchedule(linkage, { ...site, on })
    case 'inbound':
      return linkInbound(linkage, { ...site, on, form: site.form ?? new Map() })
  }
}

function linkWhen({ machine }: ActorLink, { when }: TriggerDocument, at: Address) {
  if (when === undefined) return undefined
  const to = { kind: 'bool' } as const
  return machine.expressions[linkExpression(machine, { at, text: when, variables: machine.common, to })]
}
