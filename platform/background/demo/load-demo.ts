import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { common } from '../../definitions/kinds/common.ts'
import { demo } from '../../definitions/kinds/demo.ts'
import { sourceProblem } from '../../definitions/load/file-problem.ts'
import { readSource, type Source } from '../../definitions/load/source.ts'
import type { Problem } from '../../definitions/model/problem.ts'
import type { DemoDocument } from './document.ts'

export interface DemoSources {
  /** Folders that hold `metadata/<package>/demo/demo.json`: that of the platform and that of the project. */
  readonly roots: readonly string[]
  /** Names of the packages, each after those that it needs. */
  readonly packages: readonly string[]
  /** The folder to which file names in problems are relative. */
  readonly base: string
}

/** Reads the demonstration data of packages, in their order; packages without any are passed over. */
export function loadDemo({ roots, packages, base }: DemoSources): {
  readonly documents: readonly DemoDocument[]
  readonly problems: readonly Problem[]
} {
  const files = packages.flatMap((name) =>
    [...new Set(roots)]
      .map((root) => ({ name, path: join(root, 'metadata', name, 'demo', 'demo.json') }))
      .filter(({ path }) => existsSync(path)),
  )
  const read = files.map(({ name, path }) => readSource({ path, file: relative(base, path), package: name }))
  const sources = read.filter((source) => !('problems' in source)) as Source[]
  const problems = read.flatMap((source) => ('problems' in source ? source.problems : faultsOf(source)))
  return { documents: sources.map(({ value }) => value as unknown as DemoDocument), problems }
}

let compiled: ValidateFunction<DemoDocument> | undefined

function validator(): ValidateFunction<DemoDocument> {
  return (compiled ??= new Ajv2020({ schemas: [common], strict: false }).compile<DemoDocument>(demo))
}

function faultsOf(source: Source): Problem[] {
  const validate = validator()
  if (validate(source.value)) return []
  // A recipe that fits none of the forms gives one error for each form; the one that tried them all says enough.
  const errors = validate.errors ?? []
  const telling = errors.find(({ keyword }) => keyword === 'oneOf') ?? errors[0]
  return telling === undefined ? [] : [problemOf(source, telling)]
}

function problemOf(source: Source, { instancePath, keyword, message, params }: ErrorObject): Problem {
  const unknown = (params as { additionalProperty?: string }).additionalProperty
  const isRecipe = keyword === 'oneOf'
  return sourceProblem(source, {
    path: pathOf(instancePath),
    code: isRecipe ? 'recipe' : 'value',
    message: isRecipe
      ? 'This is no recipe for a value.'
      : `The value here ${message}${unknown === undefined ? '' : `, but it has "${unknown}"`}.`,
    remedy: 'Look the forms up in platform/definitions/kinds/demo.ts.',
  })
}

function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
