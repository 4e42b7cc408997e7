import { afterAll, expect, test } from 'vitest'
import { loadScenarios, openTheatre } from '../../platform/background/scenarios/index.ts'
import { repository, shippedModel } from './shipped-packages.ts'

const model = shippedModel()
const { scenarios, problems } = loadScenarios({
  roots: [repository],
  packages: model.packages.map(({ name }) => name),
  base: repository,
})
const theatre = await openTheatre({ model })
afterAll(() => theatre.close())

test('every shipped package has scenarios, and they are sound', () => {
  expect(problems).toEqual([])
  const packages = new Set(scenarios.map(({ source }) => source.package))
  expect([...packages]).toEqual(model.packages.map(({ name }) => name))
})

test.each(scenarios.map(({ name, document }) => [name, document] as const))('%s', async (_, document) => {
  expect(await theatre.play(document)).toBeUndefined()
})
