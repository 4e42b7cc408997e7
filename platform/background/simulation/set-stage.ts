import { randomFor } from '../recipes/random.ts'
import { RecordBook } from '../recipes/record-book.ts'
import { makePeople, type ComingFailure, type Theatre } from '../stage/index.ts'
import { momentAfter } from './delay-range.ts'
import { makeRecord } from './inventing.ts'
import { followRecipes } from './recipe-values.ts'
import { messageOf } from './refusal.ts'
import { arrivalDelay, type Script } from './script.ts'
import type { World } from './world.ts'

const usualBeginning = '2026-03-02T09:00:00Z'
const dayMs = 86_400_000

/** Makes the people and the records that are there before the first case. @throws TesseraError, RecipeFault */
export async function setStage(
  theatre: Theatre,
  { script, seed, days }: { script: Script; seed: number; days: number },
): Promise<World> {
  const begins = new Date(script.document.begins_at ?? usualBeginning)
  const failed = (failure: ComingFailure): void => noteFailure(world, failure)
  const stage = await theatre.stage(begins, failed)
  const world: World = {
    ...{ script, stage, seed },
    ends: new Date(begins.getTime() + days * dayMs),
    people: await makePeople(stage, script.cast.people),
    book: new RecordBook(),
    ids: new Map(),
    props: new Map(),
    cases: [],
    casesByRecord: new Map(),
    busy: new Map(),
    begun: new Map(),
    troubles: new Map(),
    marks: 0,
  }
  for (const [name, { userId, roles }] of world.people) {
    world.book.add(`user.${name}`, { object: 'user', at: begins, values: { name, roles } })
    world.ids.set(`user.${name}`, String(userId))
  }
  await makeRecords(world)
  await stage.settle()
  return world
}

/** When each case begins, in order. */
export function arrivalsOf({ script, stage, seed }: World, count: number): readonly Date[] {
  const random = randomFor(seed, 'arrivals')
  const { calendars } = script.model
  let from = stage.now
  return Array.from({ length: count }, (_, at) => {
    if (at > 0) from = momentAfter(arrivalDelay(script), { from, fraction: random.next(), calendars })
    return from
  })
}

async function makeRecords(world: World): Promise<void> {
  const { script, stage, seed, book, ids, people } = world
  for (const [name, { object, count = 1, by, draw, values = {} }] of Object.entries(
    script.document.records ?? {},
  ))
    for (let at = 1; at <= count; at++) {
      const key = count === 1 ? `${object}.${name}` : `${object}.${name}_${at}`
      const random = randomFor(seed, key)
      const { values: said, planned } = followRecipes(world, values, {
        ...{ random, names: { index: at }, draws: [draw], isRecord: true },
        path: ['records', name, 'values'],
      })
      const person = by === undefined ? stage.system : personOf(by)
      ids.set(key, (await makeRecord(world, { object, said, person, random })).id)
      book.add(key, { object, at: stage.now, values: planned })
    }

  function personOf(name: string) {
    const [first = name] = script.cast.groups.get(name) ?? []
    return people.get(first) ?? stage.system
  }
}

function noteFailure({ casesByRecord, stage, troubles }: World, { coming, error }: ComingFailure): void {
  const played = casesByRecord.get(coming.record ?? '')
  const message = messageOf(error)
  if (played === undefined) troubles.set(message, (troubles.get(message) ?? 0) + 1)
  else played.failure ??= { at: stage.now, what: coming.what, message }
}
