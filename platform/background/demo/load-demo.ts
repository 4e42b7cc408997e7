import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { common } from '../../definitions/kinds/common.ts'
import { demo } from '../../definitions/kinds/demo.ts'
import { readSource, type Source } from '../../definitions/load/source.ts'
import type { Problem } from '../../definitions/model/problem.ts'
import { schemaFault, valueMessage, type FaultWords } from '../checked-source.ts'
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
  const problems = read.flatMap((source) =>
    'problems' in source ? source.problems : (schemaFault(source, validator(), describe) ?? []),
  )
  return { documents: sources.map(({ value }) => value as unknown as DemoDocument), problems }
}

let compiled: ValidateFunction<DemoDocument> | undefined

function validator(): ValidateFunction<DemoDocument> {
  return (compiled ??= new Ajv2020({ schemas: [common], strict: false }).compile<DemoDocument>(demo))
}

function describe(error: ErrorObject): FaultWords {
  const isRecipe = error.keyword === 'oneOf'
  return {
    code: isRecipe ? 'recipe' : 'value',
    message: isRecipe ? 'This is no recipe for a value.' : valueMessage(error),
    remedy: 'Look the forms up in platform/definitions/kinds/demo.ts.',
  }
}
