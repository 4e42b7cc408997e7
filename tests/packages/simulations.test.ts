import { afterAll, describe, expect, test } from 'vitest'
import { checkSimulation, loadSimulation } from '../../platform/background/simulation/index.ts'
import { simulateOn } from '../../platform/background/simulation/simulate.ts'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { repository, shippedModel } from './shipped-packages.ts'

const model = shippedModel()
const theatre = await openTheatre({ model })
afterAll(() => theatre.close())

const sources = (process: string) => ({
  process,
  roots: [repository],
  packages: model.packages.map(({ name }) => name),
  base: repository,
})

describe('the quarter of quotes that the package "sales" simulates', async () => {
  const { simulation, problems } = loadSimulation(sources('quote_approval'))
  const process = model.processes.get('quote_approval')
  if (simulation === undefined || process === undefined) throw new Error(JSON.stringify(problems))
  const { report } = await simulateOn(theatre, {
    ...{ model, process, document: simulation.document, cases: 60, seed: 1, days: 200 },
  })
  const visits = (state: string) => report.states.find((each) => each.state === state)?.visits ?? 0
  const kind = (name: string) => report.kinds.find((each) => each.kind === name)?.cases ?? 0

  test('fits the process', () => {
    expect(checkSimulation(simulation, { model, process })).toEqual([])
  })

  test('goes off without refusals or failures', () => {
    expect(report.cases).toMatchObject({ begun: 60, failed: 0, refused: 0, left: 0 })
    expect(report.refused).toEqual([])
  })

  test('asks a manager about bold and large quotes, and several levels about huge ones', () => {
    expect(kind('bold') + kind('large')).toBeGreaterThan(8)
    expect(visits('in_approval')).toBeGreaterThanOrEqual(kind('bold') + kind('large'))
    expect(visits('in_large_approval')).toBeGreaterThanOrEqual(kind('huge'))
    expect(visits('draft')).toBeGreaterThanOrEqual(60)
  })

  test('lets about half of the quotes that are sent become orders, in some weeks of work', () => {
    const share = report.cases.ended / 60
    expect(share).toBeGreaterThan(0.35)
    expect(share).toBeLessThan(0.75)
    expect(report.ends.map(({ state }) => state)).toEqual(['accepted'])
    const days = (report.duration?.median_ms ?? 0) / 8 / 3_600_000
    expect(days).toBeGreaterThan(4)
    expect(days).toBeLessThan(25)
    expect(visits('expired')).toBeGreaterThan(0)
  })
})

const processes = [...model.processes.values()].filter(({ stateField }) => stateField !== undefined)

test.each(processes.map(({ name }) => name))('%s can be played without saying anything', async (name) => {
  const process = model.processes.get(name)
  if (process === undefined) throw new Error(`There is no process "${name}".`)
  const { report } = await simulateOn(theatre, {
    ...{ model, process, document: { label: process.label }, cases: 3, seed: 1, days: 365 },
  })
  expect(report.cases).toMatchObject({ begun: 3, failed: 0 })
})
