import type { Calendar } from '../../../calendars/calendar.ts'
import type { ServiceLevelDocument } from '../../documents.generated.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { AlertModel, PromiseDeclaration, PromiseModel, TargetModel } from '../../model/service-level.ts'
import { labelOf } from '../names.ts'
import type { Linkage } from '../linkage.ts'
import { inOrder } from '../order.ts'
import type { DeclaredAction } from '../process/transitions.ts'
import type { ActorLink } from '../process/actor.ts'
import { linkCondition, linkMoment } from './conditions.ts'
import type { CalendarFinder } from './named-calendars.ts'

type DeclaredPromise = ServiceLevelDocument['promises'][string]

interface Site {
  readonly name: string
  readonly declared: DeclaredPromise
  readonly object: string
  readonly actor: ActorLink
  /** That of the service level. */
  readonly calendar: Calendar
  readonly calendarAt: CalendarFinder
  readonly at: Address
}

/** Compiles a promise; undefined where one of the conditions that it cannot do without has a fault. */
export function linkPromise(linkage: Linkage, site: Site): PromiseModel | undefined {
  const { name, declared, object, at } = site
  const condition = (key: 'starts_when' | 'pauses_when' | 'stops_when' | 'resets_when') =>
    linkCondition(linkage, { at: inside(at, key), text: declared[key], object })
  const startsWhen = condition('starts_when')
  const stopsWhen = condition('stops_when')
  const rest = {
    pausesWhen: condition('pauses_when'),
    resetsWhen: condition('resets_when'),
    startsAt: linkMoment(
      linkage,
      { at: inside(at, 'starts_at'), text: declared.starts_at, object },
      { kind: 'datetime' },
    ),
    targets: linkTargets(linkage, site),
    alerts: linkAlerts(site),
  }
  if (startsWhen === undefined || stopsWhen === undefined) return undefined
  const { target, again, warnings, escalations } = declared
  return {
    name,
    label: declared.label,
    help: declared.help,
    startsWhen,
    stopsWhen,
    ...rest,
    declaration: { target, again, warnings, escalations } as PromiseDeclaration,
  }
}

function linkTargets(
  linkage: Linkage,
  { declared, object, calendar, calendarAt, at }: Site,
): readonly TargetModel[] {
  const usual = calendarAt(declared.calendar, inside(at, 'calendar'), calendar)
  const others = inOrder(declared.targets).map(([name, { when, target, calendar: own }]): TargetModel => {
    const place = inside(at, 'targets', name)
    return {
      name,
      when: linkCondition(linkage, { at: inside(place, 'when'), text: when, object }),
      target,
      calendar: calendarAt(own, inside(place, 'calendar'), usual),
    }
  })
  return [...others, { name: '', when: undefined, target: declared.target, calendar: usual }]
}

function linkAlerts({ declared, actor, at }: Site): ReadonlyMap<string, AlertModel> {
  const alerts = new Map<string, AlertModel>()
  for (const group of ['warnings', 'escalations'] as const)
    for (const [key, { label, actions }] of Object.entries(declared[group] ?? {})) {
      const name = `${group}/${key}`
      const linked = actor.link(actions as readonly DeclaredAction[], inside(at, group, key, 'actions'))
      alerts.set(name, { name, label: label ?? labelOf(key), actions: linked })
    }
  return alerts
}
