import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { Option } from '#lib/shared/controls/picker.svelte.ts'
import { local } from '#lib/shared/i18n/i18n.svelte.ts'

/** The choices of a field as options; retired ones are for old records only. */
export function choiceOptions(field: FieldMeta): readonly Option[] {
  return (field.choices ?? [])
    .filter((choice) => !choice.retired)
    .map((choice) => ({
      value: choice.value,
      label: local(choice.label) || choice.value,
      colour: choice.colour ?? 'grey',
    }))
}
