import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { sourceProblem } from '../definitions/load/file-problem.ts'
import type { Source } from '../definitions/load/source.ts'
import type { Problem } from '../definitions/model/problem.ts'

/** What a fault of a file is called. */
export interface FaultWords {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/**
 * The most telling fault of a file that does not pass its schema, at its place; none where it passes. A value that fits
 * none of several forms gives one error for each form: the one that tried them all says enough.
 */
export function schemaFault(
  source: Source,
  validate: ValidateFunction,
  describe: (error: ErrorObject) => FaultWords,
): Problem | undefined {
  if (validate(source.value)) return undefined
  const errors = validate.errors ?? []
  const telling = errors.find(({ keyword }) => keyword === 'oneOf') ?? errors[0]
  return telling === undefined
    ? undefined
    : sourceProblem(source, { path: pathOf(telling.instancePath), ...describe(telling) })
}

/** What is wrong with the value, as a sentence. */
export function valueMessage({ message, params }: ErrorObject): string {
  const unknown = (params as { additionalProperty?: string }).additionalProperty
  return `The value here ${message}${unknown === undefined ? '' : `, but it has "${unknown}"`}.`
}

function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
