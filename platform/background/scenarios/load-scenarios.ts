import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { common } from '../../definitions/kinds/common.ts'
import { scenario } from '../../definitions/kinds/scenario.ts'
import { readSource, type Source } from '../../definitions/load/source.ts'
import type { Problem } from '../../definitions/model/problem.ts'
import { schemaFault, valueMessage, type FaultWords } from '../checked-source.ts'
import type { ScenarioDocument } from './document.ts'

/** A scenario with the file that it was read from. */
export interface Scenario {
  readonly name: string
  readonly source: Source
  readonly document: ScenarioDocument
}

export interface ScenarioSources {
  /** Folders that hold `metadata/<package>/scenarios/`: that of the platform and that of the project. */
  readonly roots: readonly string[]
  readonly packages: readonly string[]
  /** The folder to which file names in problems are relative. */
  readonly base: string
}

/** Reads the scenarios of packages, in the order of the packages and of the file names. */
export function loadScenarios({ roots, packages, base }: ScenarioSources): {
  readonly scenarios: readonly Scenario[]
  readonly problems: readonly Problem[]
} {
  const folders = packages.flatMap((name) =>
    [...new Set(roots)]
      .map((root) => ({ name, folder: join(root, 'metadata', name, 'scenarios') }))
      .filter(({ folder }) => existsSync(folder)),
  )
  const files = folders.flatMap(({ name, folder }) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => ({ name, path: join(folder, file) })),
  )
  // A project puts a scenario of its own in the place of one that comes with a package, under the same name.
  const latest = new Map(files.map((file) => [`${file.name}/${basename(file.path)}`, file]))
  const read = [...latest.values()].map(({ name, path }) =>
    readSource({ path, file: relative(base, path), package: name }),
  )
  const problems = read.flatMap((source) =>
    'problems' in source ? source.problems : (schemaFault(source, validator(), describe) ?? []),
  )
  const scenarios = read.flatMap((source) =>
    'problems' in source
      ? []
      : [{ name: nameOf(source), source, document: source.value as unknown as ScenarioDocument }],
  )
  return { scenarios, problems }
}

/** `sales/discounted_quote` for `metadata/sales/scenarios/discounted_quote.json`. */
function nameOf({ package: owner, file }: Source): string {
  return `${owner}/${basename(file, '.json')}`
}

let compiled: ValidateFunction<ScenarioDocument> | undefined

function validator(): ValidateFunction<ScenarioDocument> {
  compiled ??= new Ajv2020({
    schemas: [common],
    strict: false,
    discriminator: true,
  }).compile<ScenarioDocument>(scenario)
  return compiled
}

function describe(error: ErrorObject): FaultWords {
  return {
    code: 'scenario',
    message: valueMessage(error),
    remedy: 'Look the steps up in docs/scenarios.md.',
  }
}
