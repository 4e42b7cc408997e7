import { pointerOf } from '../model/problem-list.ts'
import type { Problem } from '../model/problem.ts'
import type { SchemaSet } from '../schemas/assemble.ts'
import { checkAgainstSchema } from '../validate/schema-walk.ts'
import { positionIn, isSetIn } from './positions.ts'
import type { Source } from './source.ts'

type Words = Pick<Problem, 'code' | 'message' | 'remedy'>

/** A problem of a file or folder as a whole. */
export function fileProblem(file: string, words: Words): Problem {
  return { severity: 'error', ...words, place: { file, line: 1, column: 1, pointer: '' } }
}

/** A problem at a path in one file. */
export function sourceProblem(
  source: Source,
  { path, isKey, ...words }: Words & { path: readonly (string | number)[]; isKey?: boolean },
): Problem {
  let known = path
  while (!isSetIn(source, known)) known = known.slice(0, -1)
  const position = positionIn(source, known, { isKey: isKey === true && known === path })
  return { severity: 'error', ...words, place: { file: source.file, ...position, pointer: pointerOf(path) } }
}

/** What is wrong with a file that stands alone (a manifest), by its schema. */
export function schemaProblems(
  source: Source,
  { schemas, schema }: { schemas: SchemaSet; schema: string },
): Problem[] {
  return checkAgainstSchema(source.value, { schemas, file: schema }).map((fault) =>
    sourceProblem(source, fault),
  )
}
