import { model } from '#lib/domain/session/model.svelte.ts'
import type { Option } from '#lib/shared/controls/picker.svelte.ts'
import { local } from '#lib/shared/i18n/i18n.svelte.ts'
import { choiceOptions } from '../fields/choice-options.ts'

/** The roles of the tenant, as the field of people offers them; none where one may not see it. */
export function roleOptions(): readonly Option[] {
  const field = model.object('user')?.fields.roles
  return field === undefined ? [] : choiceOptions(field)
}

/** What people read of a role; its name where one may not see more. */
export function roleLabel(name: string): string {
  const choice = model.object('user')?.fields.roles?.choices?.find(({ value }) => value === name)
  return local(choice?.label) || name
}
