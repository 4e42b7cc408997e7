import { model } from '#lib/domain/session/model.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import type { RecordPage, Share, ShareRequest } from '#lib/shared/api/types.ts'
import { fixedOptions, type OptionSource } from '#lib/shared/controls/picker.svelte.ts'
import { roleLabel, roleOptions } from '../access/role-names.ts'
import { personOptions } from '../work/person-options.ts'

export type GranteeKind = Share['with']['kind']

/** The kinds of grantees of which one may see any. */
export function granteeKinds(): readonly GranteeKind[] {
  return [
    ...(model.object('user')?.rights.read ? (['user'] as const) : []),
    ...(model.object('team')?.rights.read ? (['team'] as const) : []),
    ...(roleOptions().length > 0 ? (['role'] as const) : []),
  ]
}

/** Where grantees of a kind are picked from. */
export function granteeOptions(kind: GranteeKind): OptionSource {
  if (kind === 'user') return personOptions()
  if (kind === 'role') return fixedOptions(roleOptions().map(({ value, label }) => ({ value, label })))
  return async (query, signal) => {
    const asked = { fields: ['name'], search: query || undefined, sort: ['name'], limit: 30 }
    const { rows } = await api.post<RecordPage>('/records/team/query', asked, signal)
    return rows.map((row) => ({ value: row.id, label: String(row.name ?? '') }))
  }
}

export function granteeOf(kind: GranteeKind, value: string): ShareRequest['with'] {
  return kind === 'role' ? { kind, name: value } : { kind, id: value }
}

export function granteeLabel({ kind, label, name }: Share['with']): string {
  return kind === 'role' ? roleLabel(name ?? '') : (label ?? '')
}
