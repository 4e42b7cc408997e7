import type { LocalText } from './model.ts'

/** An outside system. Requests go nowhere but below its address, and secrets are told nobody else. */
export interface ConnectionModel {
  readonly name: string
  readonly label: LocalText
  /** Ends with a slash. */
  readonly baseUrl: string
  readonly methods: ReadonlySet<string>
  readonly headers: ReadonlyMap<string, { readonly secret: string; readonly prefix: string }>
  readonly timeoutMs: number
  readonly hasPrivateAddresses: boolean
  readonly retry: RetryModel
}

/** How often something is tried, and how long the waits between are. */
export interface RetryModel {
  readonly attempts: number
  readonly firstMs: number
  readonly longestMs: number
}
