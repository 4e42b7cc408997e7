import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { common } from '../../definitions/kinds/common.ts'
import { simulation } from '../../definitions/kinds/simulation.ts'
import { fileProblem } from '../../definitions/load/file-problem.ts'
import { readSource, type Source } from '../../definitions/load/source.ts'
import type { Problem } from '../../definitions/model/problem.ts'
import { schemaFault, valueMessage, type FaultWords } from '../checked-source.ts'
import type { SimulationDocument } from './document.ts'

/** A simulation with the file that it was read from. */
export interface Simulation {
  readonly source: Source
  readonly document: SimulationDocument
}

export interface SimulationSources {
  readonly process: string
  /** Folders that hold `metadata/<package>/simulations/`: that of the platform and that of the project. */
  readonly roots: readonly string[]
  /** Names of the packages, each after those that it needs. */
  readonly packages: readonly string[]
  /** The folder to which file names in problems are relative. */
  readonly base: string
  /** A file in the place of that of the packages. */
  readonly file?: string
}

/** Reads the simulation of a process: that of the last package that has one, the project's before a shipped one. */
export function loadSimulation(sources: SimulationSources): {
  /** Undefined where there is none, or where it is broken. */
  readonly simulation: Simulation | undefined
  readonly problems: readonly Problem[]
} {
  const found = fileOf(sources)
  if (found === undefined) return { simulation: undefined, problems: [] }
  const file = relative(sources.base, found.path)
  if (!existsSync(found.path)) return { simulation: undefined, problems: [missing(file)] }
  const source = readSource({ ...found, file })
  if ('problems' in source) return { simulation: undefined, problems: source.problems }
  const fault = schemaFault(source, validator(), describe)
  return fault === undefined
    ? { simulation: { source, document: source.value as unknown as SimulationDocument }, problems: [] }
    : { simulation: undefined, problems: [fault] }
}

function fileOf({ process, roots, packages, file }: SimulationSources) {
  if (file !== undefined) return { package: '', path: file }
  return packages
    .flatMap((name) =>
      [...new Set(roots)].map((root) => ({
        package: name,
        path: join(root, 'metadata', name, 'simulations', `${process}.json`),
      })),
    )
    .findLast(({ path }) => existsSync(path))
}

function missing(file: string): Problem {
  return fileProblem(file, {
    code: 'no_file',
    message: 'There is no such file.',
    remedy: 'Name a simulation, or leave it out to play that of the packages.',
  })
}

let compiled: ValidateFunction<SimulationDocument> | undefined

function validator(): ValidateFunction<SimulationDocument> {
  return (compiled ??= new Ajv2020({ schemas: [common], strict: false }).compile<SimulationDocument>(
    simulation,
  ))
}

function describe(error: ErrorObject): FaultWords {
  return { code: 'simulation', message: messageOf(error), remedy: 'Look it up in docs/simulation.md.' }
}

function messageOf(error: ErrorObject): string {
  if (error.keyword !== 'oneOf') return valueMessage(error)
  return error.schemaPath.includes('/range/')
    ? 'This is no duration such as "PT2H" or "P2D@office", nor a pair of them.'
    : 'This is no recipe for a value.'
}
