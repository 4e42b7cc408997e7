import { resolve } from 'node:path'
import {
  checkSimulation,
  describeSimulation,
  loadSimulation,
  RecipeFault,
  simulate,
  type Simulation,
  type SimulationResult,
} from '../../background/simulation/index.ts'
import { describeProblem, type Problem } from '../../definitions/index.ts'
import { sourceProblem } from '../../definitions/load/file-problem.ts'
import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import { suggest } from '../../definitions/nearest.ts'
import { loadPlugins } from '../../extension/load-plugins.ts'
import { pluginHost } from '../../extension/plugin-host.ts'
import { localText } from '../../records/index.ts'
import { UsageError, type Command, type Invocation } from '../command.ts'
import { oneTenant, projectOptions, readProject } from '../declared-project.ts'
import { shippedFolder } from '../shipped-folder.ts'

const usualCases = 100
const usualDays = 365

export const command: Command = {
  usage:
    'tessera simulate PROCESS [FILE] [--cases N] [--seed N] [--days N] [--case N] [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Plays sample cases of a process as your files declare it, before it is published, and says where they end, how',
    'long they stay in each state, what work they make, what is refused and why, and which ways are never taken.',
    'metadata/<package>/simulations/<process>.json says how likely and how soon people act; what it does not say, or',
    'where there is none, follows from the declarations. It runs on a PostgreSQL of its own that is thrown away, with a',
    'clock that it moves: your data and your database are not touched.',
    '',
    '  PROCESS            a process that governs records',
    '  FILE               a simulation in the place of that of the packages',
    `  --cases N          how many cases (default: what the file says, or ${usualCases})`,
    '  --seed N           another course of chance; the same seed gives the same result (default: 1)',
    `  --days N           how long it goes on at the most (default: ${usualDays})`,
    '  --case N           shows everything that happens in this case',
    '  --project FOLDER   the folder with your declarations (default: here)',
    '  --tenant NAME      the tenant; may be left out where the project declares one alone',
    '  --json             prints the result as JSON',
    '',
    'Ends with 1 where a case fails, or where the declarations or the file have errors.',
  ].join('\n'),
  options: {
    ...projectOptions,
    cases: { type: 'string' },
    seed: { type: 'string' },
    days: { type: 'string' },
    case: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  positionals: ['PROCESS', 'FILE'],
  async run({ options, positionals, print }) {
    const numbers = numbersOf(options)
    const declared = await readProject(options)
    const { model, problems: found } = declared.load(oneTenant(declared, options.tenant))
    const problems = [...declared.project.problems, ...found]
    const played: Played =
      model === undefined
        ? { problems: [] }
        : await play({
            model,
            options,
            numbers,
            process: processOf(model, positionals[0]),
            file: positionals[1],
          })
    problems.push(...played.problems)
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (options.json === true) {
      const file = played.simulation?.source.file ?? null
      print(JSON.stringify({ problems, file, ...(played.result ?? { report: null }) }, null, 2))
    } else {
      for (const problem of errors) print(describeProblem(problem))
      if (played.result !== undefined) {
        print(sourceLine(played.simulation))
        describeSimulation(played.result).forEach(print)
      }
    }
    const hasFailed = (played.result?.report.cases.failed ?? 0) > 0
    return errors.length > 0 || hasFailed ? 1 : 0
  },
}

interface Played {
  readonly problems: readonly Problem[]
  /** Undefined where nothing is said about the process. */
  readonly simulation?: Simulation | undefined
  readonly result?: SimulationResult
}

interface Numbers {
  readonly cases: number | undefined
  readonly seed: number
  readonly days: number
  readonly shown: number | undefined
}

async function play(request: {
  model: Model
  process: ProcessModel
  file: string | undefined
  numbers: Numbers
  options: Invocation['options']
}): Promise<Played> {
  const { model, process, file, options } = request
  const folder = resolve(String(options.project))
  const { simulation, problems } = loadSimulation({
    process: process.name,
    roots: [shippedFolder, folder],
    packages: model.packages.map(({ name }) => name),
    base: folder,
    ...(file === undefined ? {} : { file: resolve(file) }),
  })
  const faults = simulation === undefined ? problems : checkSimulation(simulation, { model, process })
  if (faults.length > 0) return { problems: faults }
  return playFound({ ...request, folder, simulation })
}

async function playFound(request: {
  model: Model
  process: ProcessModel
  folder: string
  simulation: Simulation | undefined
  numbers: Numbers
}): Promise<Played> {
  const { model, process, folder, simulation, numbers } = request
  const { seed, days, shown } = numbers
  const host = pluginHost(await loadPlugins(folder))
  const document = simulation?.document ?? { label: process.label }
  try {
    const result = await simulate({
      ...{ model, process, document, seed, days },
      cases: numbers.cases ?? document.cases?.count ?? usualCases,
      ...(shown === undefined ? {} : { shown }),
      beforeWrite: host.beforeWrite,
      callAction: host.callAction,
    })
    return { problems: [], simulation, result }
  } catch (error) {
    if (!(error instanceof RecipeFault) || simulation === undefined) throw error
    const { path, message } = error
    return {
      problems: [
        sourceProblem(simulation.source, {
          path,
          code: 'recipe',
          message,
          remedy: 'Look it up in docs/simulation.md.',
        }),
      ],
    }
  }
}

function sourceLine(simulation: Simulation | undefined): string {
  if (simulation === undefined)
    return 'No file says how it goes: people, values and delays are made up (docs/simulation.md).'
  return `${simulation.source.file}: ${localText(simulation.document.label, 'en')}`
}

function processOf({ processes }: Model, name: string | undefined): ProcessModel {
  const governing = [...processes.values()].filter(({ stateField }) => stateField !== undefined)
  const names = governing.map((process) => process.name)
  if (name === undefined) throw new UsageError(`Say which process: ${names.join(', ')}.`)
  const process = processes.get(name)
  if (process === undefined) throw new UsageError(`There is no process "${name}". ${suggest(name, names)}`)
  if (process.stateField === undefined)
    throw new UsageError(`"${name}" is a part of other processes; simulate the one that invokes it.`)
  return process
}

function numbersOf({ cases, seed, days, case: shown }: Invocation['options']): Numbers {
  return {
    cases: numberOf('cases', cases, 10_000),
    seed: numberOf('seed', seed, 2_147_483_647) ?? 1,
    days: numberOf('days', days, 3_650) ?? usualDays,
    shown: numberOf('case', shown, 10_000),
  }
}

function numberOf(option: string, given: string | boolean | undefined, most: number): number | undefined {
  if (given === undefined) return undefined
  const number = Number(given)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new UsageError(`--${option} takes a whole number from 1 to ${most}, not "${given}".`)
}
