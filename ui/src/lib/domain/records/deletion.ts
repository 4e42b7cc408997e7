import { api } from '#lib/shared/api/client.ts'
import { askWhy } from '#lib/shared/access/why.svelte.ts'
import { problemText, problemTitle } from '#lib/shared/api/problem-text.ts'
import { ApiProblem, asProblem } from '#lib/shared/api/problem.ts'
import type { BulkAnswer } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'

/** Deletes a record and offers to take it back. Answers whether it is deleted; a refusal is told. */
export async function deleteRecord(
  { object, id, title }: { object: string; id: string; title: string },
  restored: () => void,
): Promise<boolean> {
  try {
    await api.delete(`/records/${object}/${id}`)
  } catch (thrown) {
    tellRefusal(thrown)
    return false
  }
  tell.plain(t('record.deleted', { title }), {
    action: { label: t('action.undo'), run: () => void restore(object, [id], restored) },
  })
  return true
}

/** Deletes several records in one request, each for itself. Answers the ids that are gone. */
export async function deleteRecords(
  { object, ids }: { object: string; ids: readonly string[] },
  restored: () => void,
): Promise<ReadonlySet<string>> {
  try {
    const { results } = await api.post<BulkAnswer>(`/records/${object}/bulk`, {
      mode: 'each',
      operations: ids.map((id) => ({ op: 'delete', id })),
    })
    const gone = ids.filter((_, at) => results[at]?.ok)
    const at = results.findIndex((result) => !result.ok)
    const refused = results[at]?.problem
    if (gone.length > 0)
      tell.plain(t('bulk.deleted', { count: gone.length }), {
        action: { label: t('action.undo'), run: () => void restore(object, gone, restored) },
      })
    if (refused)
      tell.refused(t('bulk.some_refused', { count: ids.length - gone.length }), {
        text: problemText(new ApiProblem(refused)) ?? refused.title,
        action: askWhy(
          new ApiProblem({
            ...refused,
            request: { method: 'DELETE', path: `/records/${object}/${ids[at]}` },
          }),
        ),
      })
    return new Set(gone)
  } catch (thrown) {
    tellRefusal(thrown)
    return new Set()
  }
}

export function tellRefusal(thrown: unknown): void {
  const problem = asProblem(thrown)
  tell.refused(problemTitle(problem), { text: problemText(problem), action: askWhy(problem) })
}

async function restore(object: string, ids: readonly string[], restored: () => void): Promise<void> {
  try {
    for (const id of ids) await api.post(`/records/${object}/${id}/restore`)
    restored()
  } catch (thrown) {
    tellRefusal(thrown)
  }
}
