import { api } from '#lib/shared/api/client.ts'
import type { RecordPage } from '#lib/shared/api/types.ts'
import type { OptionSource } from '#lib/shared/controls/picker.svelte.ts'

/** People who work here, found by what is typed, as far as one may see them. */
export function personOptions({ isActive = true }: { isActive?: boolean } = {}): OptionSource {
  return async (query, signal) => {
    const { rows } = await api.post<RecordPage>(
      '/records/user/query',
      {
        fields: ['name', 'email'],
        search: query || undefined,
        filter: isActive ? 'record.is_active != false' : undefined,
        sort: query === '' ? ['name'] : undefined,
        limit: 30,
      },
      signal,
    )
    return rows.map((row) => ({
      value: row.id,
      label: String(row.name ?? ''),
      note: String(row.email ?? '') || undefined,
      person: true,
    }))
  }
}
