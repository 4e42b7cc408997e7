export { loadScenarios, type Scenario } from './load-scenarios.ts'
export { openTheatre, type Theatre } from './theatre.ts'
export type { Departure } from './play-scenario.ts'
