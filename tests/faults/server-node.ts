import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process that serves the tenant and works in the background; it can be killed, paused and started again. */
export class ServerNode {
  readonly port: number
  readonly #databaseUrl: string
  #child: ChildProcess | undefined
  #isExpectedToEnd = false
  #isPaused = false
  #starting: Promise<void> = Promise.resolve()
  /** What it said last before it ended by itself. */
  fault: string | undefined

  constructor(options: { port: number; databaseUrl: string }) {
    this.port = options.port
    this.#databaseUrl = options.databaseUrl
  }

  /** Resolves when it answers; a node that cannot reach the database yet is started until it can. */
  start(): Promise<void> {
    return (this.#starting = this.#starting.then(() => this.#startUntilReady()))
  }

  async #startUntilReady(): Promise<void> {
    if (this.#child !== undefined) return
    const deadline = Date.now() + 60_000
    while (Date.now() < deadline) if (await this.#startOnce()) return
    throw new Error(`Node at port ${this.port} did not start within a minute: ${this.fault}`)
  }

  async #startOnce(): Promise<boolean> {
    const script = join(import.meta.dirname, 'node-worker.ts')
    const child = fork(script, [this.#databaseUrl, String(this.port)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let said = ''
    child.stderr?.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-4_000)))
    const ended = once(child, 'exit').then(() => false)
    const isReady = await Promise.race([once(child, 'message').then(() => true), ended])
    if (!isReady) {
      this.fault = said
      return false
    }
    this.fault = undefined
    this.#child = child
    this.#isExpectedToEnd = false
    void ended.then(() => {
      this.#child = undefined
      if (!this.#isExpectedToEnd) this.fault = `ended by itself: ${said}`
    })
    return true
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#isExpectedToEnd = true
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    this.#isPaused = false
  }

  pause(): void {
    this.#isPaused = this.#child?.kill('SIGSTOP') ?? false
  }

  resume(): void {
    if (this.#isPaused) this.#child?.kill('SIGCONT')
    this.#isPaused = false
  }
}
