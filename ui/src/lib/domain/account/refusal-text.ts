import type { ApiProblem } from '#lib/shared/api/problem.ts'
import { problemText } from '#lib/shared/api/problem-text.ts'
import { i18n, t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** Why signing in, or a change of the own account, was refused: by the reason that the server gives, else in general. */
export function accountRefusal(problem: ApiProblem, { shortest = 10 }: { shortest?: number } = {}): string {
  const key = `security.refused.${problem.reason ?? ''}`
  if (i18n.has(key)) return t(key as MessageKey, { count: shortest })
  if (problem.status === 429) return t('sign_in.too_often')
  return problemText(problem) ?? problem.message
}
