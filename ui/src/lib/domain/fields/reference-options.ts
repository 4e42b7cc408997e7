import { model } from '#lib/domain/session/model.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import type { FieldMeta, RecordPage } from '#lib/shared/api/types.ts'
import type { Option, OptionSource } from '#lib/shared/controls/picker.svelte.ts'
import { names } from '#lib/domain/records/names.svelte.ts'
import type { Choosable } from './field-view.ts'
import { targetObject } from './reference-target.ts'

/**
 * Records that a reference may point to, found by what is typed; narrowed by the field's own rule.
 * @param choosable the record that refers at the moment of the look-up, where the rule depends on it
 */
export function referenceOptions(
  field: FieldMeta,
  choosable: () => Choosable | undefined = () => undefined,
): OptionSource {
  const name = targetObject(field)
  const object = model.object(name)
  const nameField = object?.name_field ?? 'name'
  const second = object === undefined ? undefined : secondField(object.fields, nameField)
  return async (query, signal): Promise<readonly Option[]> => {
    const { rows } = await api.post<RecordPage>(
      `/records/${name}/query`,
      {
        fields: [nameField, ...(second === undefined ? [] : [second])],
        search: query || undefined,
        filter: typeof field.options.where === 'string' ? field.options.where : undefined,
        choosable: choosable(),
        sort: query === '' ? [nameField] : undefined,
        limit: 30,
      },
      signal,
    )
    return rows.map((row) => {
      const label = String(row[nameField] ?? '')
      names.learn(row.id, label)
      return {
        value: row.id,
        label,
        person: name === 'user',
        note: second === undefined ? undefined : String(row[second] ?? '') || undefined,
      }
    })
  }
}

/** A short text that tells records of the same name apart. */
function secondField(fields: Readonly<Record<string, FieldMeta>>, nameField: string): string | undefined {
  return Object.values(fields).find(
    (field) =>
      field.name !== nameField && ['email', 'sequence', 'text'].includes(field.type) && !field.system,
  )?.name
}
