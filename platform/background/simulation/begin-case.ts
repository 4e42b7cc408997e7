import { randomFor } from '../recipes/random.ts'
import { newCase } from './case.ts'
import type { SimulatedCases } from './document.ts'
import { makeRecord } from './inventing.ts'
import { followRecipes } from './recipe-values.ts'
import { noteDone, noteRefusal } from './refusal.ts'
import { chanceOf, peopleNamed, rightsIn, type World } from './world.ts'

/** Makes the record of a case. Where that is refused, the case does not begin. */
export async function beginCase(world: World, number: number): Promise<void> {
  const { script, stage, seed } = world
  const declared = script.document.cases ?? {}
  const choice = randomFor(seed, `case ${number}`)
  const may = peopleNamed(world, declared.by).filter(
    (each) => rightsIn(world, each, script.object.name).create,
  )
  const maker = may.length === 0 ? stage.system : choice.pick(may)
  const kind = kindOf(declared, choice.weighted.bind(choice))
  const played = newCase({ number, kind, maker, begunAt: stage.now })
  world.cases.push(played)
  const random = chanceOf(world, played, 'create')
  const { values: said } = followRecipes(
    world,
    { ...declared.values, ...declared.kinds?.[kind ?? '']?.values },
    {
      random,
      names: { index: number },
      draws: [declared.draw, declared.kinds?.[kind ?? '']?.draw],
      isRecord: true,
      path: kind === undefined ? ['cases', 'values'] : ['cases', 'kinds', kind],
    },
  )
  const tried = { by: maker.name, what: 'create', name: script.object.name, state: '' } as const
  try {
    const { id, values } = await makeRecord(world, {
      object: script.object.name,
      said,
      person: maker,
      random,
    })
    played.record = id
    world.casesByRecord.set(id, played)
    noteDone(world, played, { ...tried, values })
  } catch (error) {
    noteRefusal(world, played, { ...tried, error, values: said })
  }
}

function kindOf(
  { kinds = {} }: SimulatedCases,
  weighted: (weights: Readonly<Record<string, number>>) => string,
): string | undefined {
  const weights = Object.entries(kinds).map(([name, { weight = 1 }]) => [name, weight] as const)
  const possible = weights.filter(([, weight]) => weight > 0)
  return possible.length === 0 ? undefined : weighted(Object.fromEntries(possible))
}
