/** Whether the server can be reached; the shell shows a strip while it cannot. */
class Connection {
  isOffline = $state(false)
  #again = new Set<() => void>()
  #renewing: ReturnType<typeof setTimeout> | undefined

  constructor() {
    globalThis.addEventListener?.('offline', () => this.missed())
    globalThis.addEventListener?.('online', () => this.reached())
  }

  reached(): void {
    if (!this.isOffline) return
    this.isOffline = false
    this.renew()
  }

  /** Has everything on the page read anew: changes may have been missed. */
  renew(): void {
    if (this.#renewing !== undefined) return
    this.#renewing = setTimeout(() => {
      this.#renewing = undefined
      for (const tell of this.#again) tell()
    })
  }

  missed(): void {
    this.isOffline = true
  }

  /** Calls `tell` each time changes may have been missed, as after an interruption. Answers the way to stop. */
  onBack(tell: () => void): () => void {
    this.#again.add(tell)
    return () => this.#again.delete(tell)
  }
}

export const connection = new Connection()
