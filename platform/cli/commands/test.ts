import { resolve } from 'node:path'
import {
  loadScenarios,
  openTheatre,
  type Departure,
  type Scenario,
} from '../../background/scenarios/index.ts'
import { describeProblem, type Problem } from '../../definitions/index.ts'
import { sourceProblem } from '../../definitions/load/file-problem.ts'
import type { Model } from '../../definitions/model/model.ts'
import { loadPlugins } from '../../extension/load-plugins.ts'
import { pluginHost } from '../../extension/plugin-host.ts'
import type { Command, Invocation } from '../command.ts'
import { projectOptions, readProject } from '../declared-project.ts'
import { shippedFolder } from '../shipped-folder.ts'

export const command: Command = {
  usage: 'tessera test [SCENARIO] [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Plays the scenarios of the packages (metadata/<package>/scenarios/*.json) and says where they go another way than',
    'they state. They run against a PostgreSQL of their own that is thrown away, with a clock that they move: your',
    'data and your database are not touched.',
    '',
    '  SCENARIO           plays only scenarios whose name (package/file) contains the text',
    '  --project FOLDER   the folder with your declarations (default: here)',
    '  --tenant NAME      the tenant to test (default: all of them)',
    '  --json             prints the results as JSON',
    '',
    'Ends with 1 where a scenario fails, or where the declarations have errors.',
  ].join('\n'),
  options: { ...projectOptions, json: { type: 'boolean', default: false } },
  positionals: ['SCENARIO'],
  async run({ options, positionals, print }) {
    const declared = await readProject(options)
    const given = options.tenant
    const tenants = typeof given === 'string' ? [given] : [...declared.project.tenants.keys()]
    const problems = [...declared.project.problems]
    const results: Result[] = []
    for (const tenant of tenants) {
      const { model, problems: found } = declared.load(tenant)
      problems.push(...found)
      if (model === undefined) continue
      const played = await playAll({ tenant, model, options, only: positionals[0] })
      problems.push(...played.problems)
      results.push(...played.results)
    }
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (options.json === true) print(JSON.stringify({ problems, results }, null, 2))
    else report({ errors, results, isNamed: tenants.length > 1, print })
    return errors.length > 0 || results.some(({ failure }) => failure !== undefined) ? 1 : 0
  },
}

interface Result {
  readonly tenant: string
  readonly scenario: string
  readonly seconds: number
  /** Where it went another way. */
  readonly failure?: Problem
}

async function playAll(request: {
  tenant: string
  model: Model
  options: Invocation['options']
  only: string | undefined
}): Promise<{ problems: readonly Problem[]; results: readonly Result[] }> {
  const { tenant, model, options, only = '' } = request
  const folder = resolve(String(options.project))
  const { scenarios, problems } = loadScenarios({
    roots: [shippedFolder, folder],
    packages: model.packages.map(({ name }) => name),
    base: folder,
  })
  const chosen = scenarios.filter(({ name }) => name.includes(only))
  if (problems.length > 0 || chosen.length === 0) return { problems, results: [] }
  const host = pluginHost(await loadPlugins(folder))
  const theatre = await openTheatre({ model, beforeWrite: host.beforeWrite, callAction: host.callAction })
  try {
    const results: Result[] = []
    for (const scenario of chosen) {
      const begun = performance.now()
      const departure = await theatre.play(scenario.document)
      results.push({
        tenant,
        scenario: scenario.name,
        seconds: (performance.now() - begun) / 1_000,
        ...(departure === undefined ? {} : { failure: failureOf(scenario, departure) }),
      })
    }
    return { problems, results }
  } finally {
    await theatre.close()
  }
}

function failureOf({ source, document }: Scenario, { step, message }: Departure): Problem {
  if (step === undefined) return sourceProblem(source, { path: ['people'], code: 'scenario', message })
  const { do: deed, note } = document.steps[step] ?? {}
  const what = note === undefined ? deed : `${deed}, "${note}"`
  return sourceProblem(source, {
    path: ['steps', step],
    code: 'scenario',
    message: `Step ${step + 1} (${what}): ${message}`,
  })
}

function report(options: {
  errors: readonly Problem[]
  results: readonly Result[]
  isNamed: boolean
  print: (line: string) => void
}): void {
  const { errors, results, isNamed, print } = options
  for (const problem of errors) print(describeProblem(problem))
  for (const { tenant, scenario, seconds, failure } of results) {
    const name = isNamed ? `${tenant}: ${scenario}` : scenario
    print(`${failure === undefined ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`)
    if (failure !== undefined) print(`  ${describeProblem(failure)}`)
  }
  const failed = results.filter(({ failure }) => failure !== undefined).length
  print(
    results.length === 0
      ? 'No scenario was played.'
      : `${results.length - failed} of ${results.length} scenarios passed.`,
  )
}
