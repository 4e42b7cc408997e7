/** Whether the server can be reached; the shell shows a strip while it cannot. */
class Connection {
  isOffline = $state(false)
  #again = new Set<() => void>()

  constructor() {
    globalThis.addEventListener?.('offline', () => this.missed())
    globalThis.addEventListener?.('online', () => this.reached())
  }

  reached(): void {
    if (!this.isOffline) return
    this.isOffline = false
    for (const tell of this.#again) tell()
  }

  missed(): void {
    this.isOffline = true
  }

  /** Calls `tell` each time the server is reached again. Answers the way to stop. */
  onBack(tell: () => void): () => void {
    this.#again.add(tell)
    return () => this.#again.delete(tell)
  }
}

export const connection = new Connection()
