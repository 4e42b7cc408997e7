import { api } from '#lib/shared/api/client.ts'
import type { Clocks, ClockView } from '#lib/shared/api/types.ts'
import { remainingOf } from './time-left.ts'

const minute = 60_000

/** What is promised on a record, counted down between two looks at the server. */
export class ClocksStore {
  view = $state.raw<readonly ClockView[]>([])
  /** Milliseconds since the answer came; grows each minute. Independent of how the device's clock is set. */
  elapsed = $state(0)
  readonly object: string
  readonly id: string
  #at = 0
  #cameAt = 0

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  /** Where the clocks cannot be read, those known go on. */
  async load(): Promise<void> {
    const answer = await api.get<Clocks>(`/records/${this.object}/${this.id}/clocks`).catch(() => undefined)
    if (answer === undefined) return
    this.view = answer.clocks
    this.#at = new Date(answer.at).getTime()
    this.#cameAt = performance.now()
    this.elapsed = 0
  }

  remaining(clock: ClockView): number {
    return remainingOf(clock, this.elapsed)
  }

  /** Counts on every minute, and asks anew when work begins or ends. Answers the way to stop. */
  run(): () => void {
    const timer = setInterval(() => this.#tick(), minute)
    return () => clearInterval(timer)
  }

  #tick(): void {
    this.elapsed = performance.now() - this.#cameAt
    const now = this.#at + this.elapsed
    const hasTurned = ({ turns_at: at }: ClockView) => at !== null && new Date(at).getTime() <= now
    if (this.view.some(hasTurned)) void this.load()
  }
}
