import { storable, type Json } from '../../processes/index.ts'
import { updateRecord, writingWork } from '../../records/index.ts'
import type { Random } from '../recipes/random.ts'
import { hearAnswer } from '../stage/index.ts'
import { count, usualWeight, type Awaited, type Case } from './case.ts'
import { inventAnswer } from './invent/invent-answer.ts'
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
  const body = bodyOf(world, played, { invocation, instance, random })
  const status = outcome === 'done' ? (declared.answer?.status ?? 200) : 503
  await hearAnswer(stage, { token, instance, invocation }, { status, body: storable(body as Json) })
  count(played, `${invocation} ${outcome}`)
  noteDone(world, played, {
    ...{ what: 'answer', name: invocation, by: '', state: '' },
    values: { status, ...(outcome === 'done' ? { body } : {}) },
  })
}

/** What is said of the body; without a word about the answer, what the process decides by. */
function bodyOf(
  world: World,
  played: Case,
  { invocation, instance, random }: { invocation: string; instance: string; random: Random },
): Readonly<Record<string, unknown>> {
  const { model, document } = world.script
  const said = document.invoked?.[invocation]?.answer
  const process = model.processes.get(played.instances.get(instance)?.process ?? '')
  if (said === undefined && process !== undefined) return inventAnswer(process, { invocation, random })
  return followRecipes(world, said?.body ?? {}, {
    random,
    names: { index: played.number },
    path: ['invoked', invocation, 'answer', 'body'],
  }).values
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
  const tried = { what: 'change', name: invocation, state: '', by: person.name, values } as const
  try {
    await writingWork(stage.work(person), (unit) => updateRecord(unit, { ...target, values }))
    noteDone(world, played, tried)
  } catch (error) {
    noteRefusal(world, played, { ...tried, error })
  }
}
