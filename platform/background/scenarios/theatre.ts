import { openTheatre as openStages, type TheatreOptions } from '../stage/index.ts'
import type { ScenarioDocument } from './document.ts'
import { playScenario, type Departure } from './play-scenario.ts'

/** Where scenarios are played, each on an empty stage. */
export interface Theatre {
  /** Plays a scenario. Gives where it went another way than it says, if it did. */
  play(document: ScenarioDocument): Promise<Departure | undefined>
  close(): Promise<void>
}

const usualBeginning = '2026-03-02T09:00:00Z'

export async function openTheatre(options: TheatreOptions): Promise<Theatre> {
  const { stage, close } = await openStages(options)
  return {
    async play(document) {
      return playScenario(await stage(new Date(document.begins_at ?? usualBeginning)), document)
    },
    close,
  }
}
