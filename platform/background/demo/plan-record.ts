import { randomFor } from '../recipes/random.ts'
import { drawn, RecipeError, valueOf, valuesOf } from '../recipes/recipe.ts'
import type { PlannedValues } from '../recipes/record-key.ts'
import type { DemoObject, Journey } from './document.ts'
import { chosenJourney, followJourney } from './plan-journey.ts'
import { keyOf, surroundings, type Planning, type RecordOptions } from './planning.ts'
import { daysAfter } from './working-time.ts'

/** Plans one record and what happens to it; gives the moment at which that ends, or undefined where it lies after the end. */
export function planRecord(planning: Planning, options: RecordOptions): Date | undefined {
  const { book, now } = planning
  const { object, key } = options
  const declared = planning.declared[object]
  if (declared === undefined) throw new RecipeError(`"${object}" is not declared; add it under "objects".`)
  const journey = chosenJourney(planning, { object, key, journey: options.journey })
  for (let attempt = 0; attempt < 100; attempt++) {
    const made = makeUp(planning, { ...options, journey }, attempt)
    if (made.at > now) return undefined
    if (!book.claim(object, declared.distinct ?? [], made.values)) continue
    const { at, as, values, kept } = made
    book.add(key, { object, at, values: { ...values, ...kept } })
    planning.actions.push({ kind: 'create', object, record: key, at, as, values })
    return followJourney(planning, { object, key, journey, start: at, as })
  }
  throw new RecipeError(
    `After 100 attempts ${key} still has a ${declared.distinct?.join(' or ')} that another record has; ` +
      'lengthen the lists or ask for fewer records.',
  )
}

/** Values, maker and moment; the moment moves behind that of everything that the record refers to. */
function makeUp(
  planning: Planning,
  options: Omit<RecordOptions, 'journey'> & { readonly journey: Journey },
  attempt: number,
): { values: PlannedValues; kept: PlannedValues; as: string | undefined; at: Date } {
  const { object, key } = options
  const declared = planning.declared[object] as DemoObject
  let at = options.at ?? madeAt(planning, key, options.journey.days_ago ?? declared.days_ago)
  for (;;) {
    const around = surroundings(planning, { at, name: `${key}#${attempt}`, names: options.names ?? {} })
    const record: Record<string, unknown> = {}
    const variant = declared.variants?.[around.random.weighted(weightsOf(declared.variants))]
    const names = { ...around.names, index: Number(key.split('.')[1]), record }
    const first = { ...around, names }
    const inside = {
      ...first,
      names: { ...names, ...drawn(declared.draw, first), ...drawn(variant?.draw, first) },
    }
    const values = valuesOf({ ...variant?.fields, ...declared.fields, ...options.recipes }, inside, record)
    const maker = declared.as === undefined ? options.as : keyOf(valueOf(declared.as, inside))
    const latest = planning.book.latestReferred([values, maker === undefined ? null : { $record: maker }])
    if (latest === undefined || latest <= at)
      return { values, kept: valuesOf(declared.kept ?? {}, inside), as: maker, at }
    at = new Date(latest.getTime() + 60_000)
  }
}

function madeAt({ now, seed }: Planning, key: string, daysAgo: DemoObject['days_ago']): Date {
  const random = randomFor(seed, `${key}@`)
  const [fewest, most] = daysAgo ?? [365, 365]
  const moment = daysAfter(now, -(fewest + random.next() * (most - fewest)), random)
  return moment > now ? now : moment
}

function weightsOf(variants: DemoObject['variants']): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(variants ?? {}).map(([name, { weight }]) => [name, weight ?? 1]))
}
