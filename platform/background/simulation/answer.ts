import { storable, type Json } from '../../processes/index.ts'
import { updateRecord, writingWork } from '../../records/index.ts'
import { hearAnswer } from '../stage/index.ts'
import { count, statesOf, usualWeight, type Awaited, type Case } from './case.ts'
import { followRecipes, presentValues } from './recipe-values.ts'
import { noteDone, noteRefusal } from './refusal.ts'
import { chanceOf, peopleNamed, type World } from './world.ts'

/** Lets come what a state waits for: the answer of an outside system, or a change of the record that is watched. */
export async function answer(world: World, played: Case, awaited: Awaited): Promise<void> {
  played.awaited.delete(awaited.token)
  if (awaited.actor === 'request') await answerRequest(world, played, awaited)
  else await changeWatched(world, played, awaited)
}

async function answerRequest(
  world: World,
  played: Case,
  { invocation, instance, token }: Awaited,
): Promise<void> {
  const { stage, script } = world
  const declared = script.document.invoked?.[invocation] ?? {}
  const random = chanceOf(world, played, `answer ${invocation}`)
  const usual = {
    done: usualWeight(played, `${invocation} done`),
    failed: usualWeight(played, `${invocation} failed`),
  }
  const weights = Object.entries(declared.outcomes ?? usual).filter(([, weight]) => weight > 0)
  const outcome = weights.length === 0 ? 'done' : random.weighted(Object.fromEntries(weights))
  const { values: body } = followRecipes(world, declared.answer?.body ?? {}, {
    random,
    names: { index: played.number },
    path: ['invoked', invocation, 'answer', 'body'],
  })
  const status = outcome === 'done' ? (declared.answer?.status ?? 200) : 503
  await hearAnswer(stage, { token, instance, invocation }, { status, body: storable(body as Json) })
  count(played, `${invocation} ${outcome}`)
  noteDone(world, played, {
    ...{ what: 'answer', name: invocation, by: '', state: statesOf(played) },
    values: { status, ...(outcome === 'done' ? { body } : {}) },
  })
}

async function changeWatched(world: World, played: Case, { invocation, target }: Awaited): Promise<void> {
  const { stage, script } = world
  const { update, by } = script.document.invoked?.[invocation] ?? {}
  if (update === undefined || target === undefined) return
  const random = chanceOf(world, played, `change ${invocation}`)
  const person = by === undefined ? played.maker : random.pick(peopleNamed(world, by))
  const values = await presentValues(world, target, {
    ...{ recipes: update, random, index: played.number },
    path: ['invoked', invocation, 'update'],
  })
  const tried = { what: 'change', name: invocation, by: person.name, values } as const
  try {
    await writingWork(stage.work(person), (unit) => updateRecord(unit, { ...target, values }))
    noteDone(world, played, { ...tried, state: statesOf(played) })
  } catch (error) {
    noteRefusal(world, played, { ...tried, error })
  }
}
