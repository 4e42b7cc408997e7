import type { Calendar } from '../../../calendars/calendar.ts'
import type { ServiceLevelDocument } from '../../documents.generated.ts'
import type { Model } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { ServiceLevelModel } from '../../model/service-level.ts'
import { deepFreeze, hashOf } from '../canonical.ts'
import type { Linkage } from '../linkage.ts'
import { checkObject } from '../look-up.ts'
import { inOrder } from '../order.ts'
import { checkRole } from '../roles.ts'
import { linkCondition } from './conditions.ts'
import { openActor } from '../process/actor.ts'
import { linkPromise } from './link-promise.ts'
import { calendarFinder, calendarsNamed } from './named-calendars.ts'

/** Compiles the service levels; every object is linked, and the calendars are ready. */
export function linkServiceLevels(
  linkage: Linkage,
  calendars: ReadonlyMap<string, Calendar>,
): Model['serviceLevels'] {
  const byObject = new Map<string, ServiceLevelModel[]>()
  const documents = linkage.documents.service_level as Readonly<Record<string, unknown>>
  for (const [, document] of inOrder(documents as Readonly<Record<string, ServiceLevelDocument>>)) {
    const level = linkServiceLevel(linkage, document, calendars)
    if (level !== undefined) byObject.set(level.object, [...(byObject.get(level.object) ?? []), level])
  }
  return deepFreeze(byObject)
}

function linkServiceLevel(
  linkage: Linkage,
  document: ServiceLevelDocument,
  calendars: ReadonlyMap<string, Calendar>,
): ServiceLevelModel | undefined {
  const { name, label, object, promises } = document
  const at: Address = { kind: 'service_level', name, path: [] }
  if (!checkObject(linkage, object, inside(at, 'object'))) return undefined
  if (document.run_as !== undefined) checkRole(linkage, document.run_as, inside(at, 'run_as'))
  const calendarAt = calendarFinder(linkage, calendars)
  const usual = calendarAt(document.calendar, inside(at, 'calendar'))
  const actor = openActor(linkage, {
    name,
    label,
    object,
    runAs: document.run_as,
    missingRole: {
      code: 'alert_without_role',
      message: 'When time has passed there is no person whose rights the action could use.',
      remedy: 'Add "run_as" with a role to the service level, or to the process that governs the object.',
    },
  })
  const appliesWhen = linkCondition(linkage, {
    at: inside(at, 'applies_when'),
    text: document.applies_when,
    object,
  })
  const linked = inOrder(promises).map(([key, declared]) =>
    linkPromise(linkage, {
      name: key,
      declared,
      object,
      actor,
      calendar: usual,
      calendarAt,
      at: inside(at, 'promises', key),
    }),
  )
  return {
    name,
    label,
    object,
    hash: hashOf([document, calendarsNamed(linkage, document)]),
    appliesWhen,
    promises: new Map(linked.flatMap((promise) => (promise === undefined ? [] : [[promise.name, promise]]))),
    actor: actor.close(),
  }
}
