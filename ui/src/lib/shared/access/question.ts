import type { ApiProblem } from '../api/problem.ts'

/** What somebody wants to do, as the explanation of rights is asked about it. */
export interface AccessQuestion {
  readonly object: string
  readonly record?: string
  readonly action?: RecordAction
  /** An event of the record's process, in place of an action. */
  readonly event?: string
}

export type RecordAction = 'create' | 'read' | 'update' | 'delete'

/** What to ask about a refusal; undefined where rights to records did not decide it. */
export function questionOf(problem: ApiProblem): AccessQuestion | undefined {
  if (problem.request === undefined || problem.reason !== undefined) return undefined
  const { method, path } = problem.request
  const question = questionOfRequest(method, path)
  if (question === undefined) return undefined
  // A record that is hidden answers as one that does not exist.
  const isHidden = problem.status === 404 && method === 'GET' && question.record !== undefined
  return problem.status === 403 || problem.code === 'event_refused' || isHidden ? question : undefined
}

const recordPath = /^\/records\/([a-z][a-z0-9_]*)(?:\/([0-9a-f-]{36}))?(?:\/([a-z]+)(?:\/([^/?]+))?)?(?:\?|$)/

function questionOfRequest(method: string, path: string): AccessQuestion | undefined {
  const [, object, record, part, name] = recordPath.exec(path) ?? []
  if (object === undefined) return undefined
  if (record === undefined) {
    const isMade = method === 'POST' && part === undefined
    return isMade
      ? { object, action: 'create' }
      : asksForRecords(method, part)
        ? { object, action: 'read' }
        : undefined
  }
  if (part === 'events' && name !== undefined) return { object, record, event: name }
  if (part === 'shares') return { object, record, action: 'update' }
  if (method === 'GET') return { object, record, action: 'read' }
  if (method === 'DELETE' && part === undefined) return { object, record, action: 'delete' }
  return { object, record, action: part === 'restore' ? 'delete' : 'update' }
}

/** Several records in one request are refused one by one. */
function asksForRecords(method: string, part: string | undefined): boolean {
  return method === 'GET' || part === 'query' || part === 'aggregate'
}
