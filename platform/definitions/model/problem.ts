/** Where in the files a problem lies. Lines and columns count from 1. */
export interface Place {
  /** Path relative to the project folder. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** JSON Pointer (RFC 6901) into the document. */
  readonly pointer: string
}

/** One fault or warning found in declarations. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** Stable code such as `unknown_key`, `expression`, `unreachable_state`. */
  readonly code: string
  /** What is wrong, naming the value. */
  readonly message: string
  /** What to do. */
  readonly remedy?: string
  readonly place: Place
}
