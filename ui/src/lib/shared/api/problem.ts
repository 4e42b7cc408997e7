import type { Fault, Problem, RecordData } from './types.ts'

export interface SentRequest {
  readonly method: string
  /** Below `/api`. */
  readonly path: string
}

/**
 * What the server (or the way to it) refused. `status` 0 and code `offline` mean that the server was not reached.
 * `faults` name fields; `current` and `changed` come with a conflict, `possible` with a refused event.
 */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly faults: readonly Fault[]
  readonly current: RecordData | undefined
  readonly changed: readonly string[] | undefined
  readonly possible: readonly string[] | undefined
  /** Why signing in, or a change of the own account, was refused. */
  readonly reason: string | undefined
  /** What was asked of the server. */
  readonly request: SentRequest | undefined

  constructor(problem: Partial<Problem> & { status: number; code: string; request?: SentRequest }) {
    super(problem.title ?? problem.code)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.requestId = problem.request_id
    this.faults = problem.faults ?? []
    this.current = problem.current
    this.changed = problem.changed
    this.possible = problem.possible
    this.reason = problem.reason
    this.request = problem.request
  }
}

/** Any thrown value as a problem, so that a page can always say what happened. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  if (isUnloaded(thrown)) return new ApiProblem({ status: 0, code: 'offline' })
  return new ApiProblem({ status: 500, code: 'unexpected', title: String(thrown) })
}

/** A part of the interface that could not be fetched; browsers tell by the message alone. */
function isUnloaded(thrown: unknown): boolean {
  return (
    thrown instanceof TypeError &&
    /dynamically imported|importing a module|failed to fetch/i.test(thrown.message)
  )
}
