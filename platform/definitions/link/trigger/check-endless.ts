import type { Linkage } from '../linkage.ts'
import type { Expression } from '../../../language/types.ts'
import type { LinkedAction } from '../../model/service-level.ts'
import type { TriggerModel } from '../../model/trigger.ts'

/** What an action changes each time anew. */
interface Change {
  readonly object: string
  readonly isCreation: boolean
  readonly fields: readonly string[]
}

/**
 * Finds triggers that set each other off without end: round a circle of which no trigger and no action has a condition,
 * and whose values are others each time. What depends on conditions is broken off when it happens.
 */
export function checkEndless(linkage: Linkage, triggers: ReadonlyMap<string, TriggerModel>): void {
  const followers = new Map(
    [...triggers.values()].map((trigger) => [trigger.name, followersOf(trigger, triggers)]),
  )
  for (const trigger of triggers.values()) {
    const circle = circleFrom(trigger.name, followers)
    // Told once for each circle.
    if (circle === undefined || [...circle].sort()[0] !== trigger.name) continue
    linkage.problems.error({
      at: { kind: 'trigger', name: trigger.name, path: ['actions'] },
      code: 'endless_trigger',
      message:
        circle.length === 1
          ? 'What the trigger does sets it off again, without end.'
          : `The triggers set each other off without end: ${[...circle, trigger.name].join(' → ')}.`,
      remedy:
        'Add "when" with a condition that ceases to hold, or listen to fields that the actions do not set.',
    })
  }
}

function followersOf(trigger: TriggerModel, triggers: ReadonlyMap<string, TriggerModel>): readonly string[] {
  const changes = changesOf(trigger)
  return [...triggers.values()]
    .filter((other) => changes.some((change) => setsOff(change, other)))
    .map(({ name }) => name)
}

function setsOff({ object, isCreation, fields }: Change, { on, when, object: own }: TriggerModel): boolean {
  if (own !== object || when !== undefined) return false
  if (on.type === 'created') return isCreation
  if (on.type !== 'changed' || isCreation) return false
  const { fields: awaited } = on
  return fields.some((field) => awaited?.has(field) ?? true)
}

function changesOf(trigger: TriggerModel): readonly Change[] {
  return trigger.actions.flatMap((action): Change[] => {
    const object = objectOf(trigger, action)
    if (object === undefined || action.params.when !== undefined) return []
    const isCreation = action.type === 'create'
    return [{ object, isCreation, fields: isCreation ? [] : changingFields(trigger, action) }]
  })
}

function objectOf({ object, actor }: TriggerModel, { type, params }: LinkedAction): string | undefined {
  if (type === 'set') return object
  if (type === 'create') return params.object as string
  if (type !== 'update') return undefined
  const target = actor.expressions[params.target as number]
  return target?.type.kind === 'record' ? target.type.object : undefined
}

/** A value that does not depend on the record is the same the second time, and changes nothing. */
function changingFields({ actor }: TriggerModel, { params }: LinkedAction): readonly string[] {
  return Object.entries((params.values ?? {}) as Record<string, number>)
    .filter(([field, number]) => isChanging(actor.expressions[number], field))
    .map(([field]) => field)
}

/** Reads the field that it sets, or the time: `record.count + 1`. */
function isChanging(expression: Expression | undefined, field: string): boolean {
  if (expression === undefined) return false
  return expression.usesMoment || expression.paths.some((path) => path.at(-1) === field)
}

/** The way from a trigger back to itself, if there is one. */
function circleFrom(
  start: string,
  followers: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>()
  const open: (readonly string[])[] = [[start]]
  for (let way = open.shift(); way !== undefined; way = open.shift())
    for (const next of followers.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return way
      if (!seen.has(next)) {
        seen.add(next)
        open.push([...way, next])
      }
    }
  return undefined
}
