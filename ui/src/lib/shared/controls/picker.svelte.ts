import type { Colour } from '../api/types.ts'

export interface Option {
  value: string
  label: string
  /** A second line of the option, such as the record's company. */
  note?: string | undefined
  colour?: Colour | undefined
  person?: boolean
  disabled?: boolean
}

/** Answers the options that fit what was typed; may ask the server. */
export type OptionSource = (
  query: string,
  signal: AbortSignal,
) => readonly Option[] | Promise<readonly Option[]>

/** What a list of options that narrows while one types is doing: the text, the options, and which one is active. */
export class PickerState {
  query = $state('')
  options = $state.raw<readonly Option[]>([])
  active = $state(0)
  isLoading = $state(false)
  #source: OptionSource
  #asked: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(source: OptionSource) {
    this.#source = source
    void this.#ask('')
  }

  type(query: string): void {
    this.query = query
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(query), 120)
  }

  move(by: number): void {
    const count = this.options.length
    if (count > 0) this.active = (this.active + by + count) % count
  }

  get chosen(): Option | undefined {
    return this.options[this.active]
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#asked?.abort()
  }

  async #ask(query: string): Promise<void> {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    const answer = this.#source(query, asked.signal)
    if (Array.isArray(answer)) return this.#show(answer as readonly Option[])
    this.isLoading = true
    try {
      const options = await answer
      if (!asked.signal.aborted) this.#show(options)
    } catch {
      if (!asked.signal.aborted) this.#show([])
    }
  }

  #show(options: readonly Option[]): void {
    this.options = options
    this.active = 0
    this.isLoading = false
  }
}

/** The source over a fixed list: every word typed must begin or occur in the label. */
export function fixedOptions(options: readonly Option[]): OptionSource {
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    return options.filter((option) => words.every((word) => option.label.toLowerCase().includes(word)))
  }
}
