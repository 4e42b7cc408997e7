export { loadScenarios, type Scenario } from './load-scenarios.ts'
export { openTheatre } from './theatre.ts'
export type { Departure } from './play-scenario.ts'
