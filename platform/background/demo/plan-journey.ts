import { randomFor } from '../recipes/random.ts'
import { RecipeError, valueOf, valuesOf } from '../recipes/recipe.ts'
import type { Journey, Step } from './document.ts'
import { keyOf, surroundings, type Planning } from './planning.ts'
import { daysAfter } from './working-time.ts'

export interface JourneyOptions {
  readonly object: string
  /** Key of the record. */
  readonly key: string
  readonly journey: Journey
  readonly start: Date
  /** Who made the record. */
  readonly as: string | undefined
}

/** The journey of a record: the named one, or one by chance. */
export function chosenJourney(
  { declared, seed }: Planning,
  { object, key, journey }: { object: string; key: string; journey: string | undefined },
): Journey {
  const journeys = declared[object]?.journeys ?? {}
  const weights = Object.entries(journeys).map(([name, { weight }]) => [name, weight ?? 1] as const)
  const possible = weights.filter(([, weight]) => weight > 0)
  if (journey === undefined && possible.length === 0) return { steps: [] }
  const name = journey ?? randomFor(seed, `${key}/`).weighted(Object.fromEntries(possible))
  const found = journeys[name]
  if (found === undefined)
    throw new RecipeError(`There is no journey "${name}"; known are ${Object.keys(journeys).join(', ')}.`)
  return found
}

/** Plans what happens to a record; gives the moment of the last step, or undefined where steps would lie after the end. */
export function followJourney(planning: Planning, options: JourneyOptions): Date | undefined {
  let at: Date | undefined = options.start
  for (const [index, step] of options.journey.steps.entries()) {
    at = takeStep(planning, { ...options, start: at }, { step, name: `${options.key}/${index}` })
    if (at === undefined) return undefined
  }
  return at
}

function takeStep(
  planning: Planning,
  { object, key, start, as }: Omit<JourneyOptions, 'journey'>,
  { step, name }: { step: Step; name: string },
): Date | undefined {
  const at = daysAfter(start, between(planning, name, step), randomFor(planning.seed, `${name}@`))
  if (at > planning.now) return undefined
  const { book, actions } = planning
  const around = surroundings(planning, { at, name, names: { record: { $record: key } } })
  const by = step.as === undefined ? as : keyOf(valueOf(step.as, around))
  if (step.create !== undefined) {
    const names = { parent: { $record: key } }
    const recipes = step.values ?? {}
    const made = {
      object: step.create,
      key: book.nextKey(step.create),
      recipes,
      at,
      names,
      as: by,
      journey: step.journey,
    }
    return planning.planRecord(made)
  }
  const values = valuesOf(step.update ?? step.values ?? {}, around)
  const action = { at, as: by, object, record: key, values }
  if (step.update !== undefined) actions.push({ kind: 'update', ...action })
  else if (step.decide !== undefined)
    actions.push({ kind: 'decide', outcome: step.decide, isOptional: step.if_open === true, ...action })
  else if (step.event !== undefined) {
    const created = Object.entries(step.created ?? {}).map(([other, journey]) => {
      const name = String(valueOf(journey, around))
      const key = book.nextKey(other)
      book.add(key, { object: other, at, values })
      return { object: other, key, journey: chosenJourney(planning, { object: other, key, journey: name }) }
    })
    const keys = Object.fromEntries(created.map((record) => [record.object, record.key]))
    actions.push({ kind: 'send', event: step.event, created: keys, ...action })
    const ends = created.map((record) => followJourney(planning, { ...record, start: at, as: by }))
    return ends.includes(undefined) ? undefined : latest([at, ...(ends as Date[])])
  }
  return at
}

function between(planning: Planning, name: string, step: Step): number {
  const [least, most] = step.after ?? [0, 0]
  return least + randomFor(planning.seed, `${name}+`).next() * (most - least)
}

function latest(moments: readonly Date[]): Date {
  return moments.reduce((one, other) => (other > one ? other : one))
}
