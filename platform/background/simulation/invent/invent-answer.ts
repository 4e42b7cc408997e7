import type { ProcessModel } from '../../../definitions/model/model.ts'
import { drawingOf } from '../../../processes/picture/drawing.ts'
import type { Random } from '../../recipes/random.ts'
import { literalsOf } from './literals.ts'

/** What an outside system might answer: those members of the body by which the process decides how to go on. */
export function inventAnswer(
  process: ProcessModel,
  { invocation, random }: { invocation: string; random: Random },
): Readonly<Record<string, unknown>> {
  const guesses = new Map<string, readonly unknown[]>()
  for (const { trigger, guard } of drawingOf(process).transitions) {
    if (trigger.kind !== 'invocation' || trigger.name !== invocation || guard === undefined) continue
    for (const [, member = ''] of guard.text.matchAll(memberOfBody))
      guesses.set(member, [...(guesses.get(member) ?? []), ...guessesFrom(guard.text)])
  }
  return Object.fromEntries([...guesses].map(([member, values]) => [member, random.pick(values)]))
}

/** The type of a body is not known, so that an expression does not tell which members of it are read. */
const memberOfBody = /\bevent\.output\.body\.(\w+)(?![\w.(])/g

/** Whatever it is compared with, and what lies beside it; without any, it is either true or not. */
function guessesFrom(text: string): readonly unknown[] {
  const values = literalsOf(text).flatMap((literal): unknown[] => {
    const number = Number(literal)
    return Number.isNaN(number) ? [literal, null] : [number - 1, number, number + 1]
  })
  return values.length === 0 ? [true, false] : values
}
