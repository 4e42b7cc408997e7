import { api } from '#lib/shared/api/client.ts'
import type { FieldMeta, FieldsMeta, RecordData } from '#lib/shared/api/types.ts'
import { idOf, targetObject } from '../fields/reference-target.ts'
import { rules, type Place } from '../rules/rules.svelte.ts'

/**
 * The record that a reference was set to, with the fields that defaults, conditions and formulas of the form read
 * through it; undefined where they read nothing more than what is known already.
 */
export async function readPathsOf({
  field,
  value,
  fields,
  place,
}: {
  field: FieldMeta
  value: unknown
  fields: FieldsMeta
  place: Place
}): Promise<unknown> {
  const id = idOf(value)
  if (id === undefined || (field.type !== 'reference' && field.type !== 'user') || !rules.isReady)
    return undefined
  const wanted = wantedFields(field.name, fields, place)
  if (wanted.length === 0) return undefined
  const known = typeof value === 'object' && value !== null ? value : {}
  if (wanted.every((path) => (path.split('.')[0] as string) in known)) return undefined
  try {
    const read = await api.get<RecordData>(`/records/${targetObject(field)}/${id}`, {
      fields: wanted.join(','),
    })
    return { ...known, ...read }
  } catch {
    // What cannot be read here is computed by the server when the form is sent.
    return undefined
  }
}

/** Paths beneath a reference that any expression of the form reads. */
export function wantedFields(name: string, fields: FieldsMeta, place: Place): readonly string[] {
  const texts = Object.values(fields).flatMap((field) =>
    [field.default_expression, field.expression, field.visible_when, field.required_when].filter(
      (text) => text !== undefined,
    ),
  )
  const beneath = texts
    .flatMap((text) => rules.paths(text, place))
    .filter((path) => path[0] === 'record' && path[1] === name && path.length > 2)
    .map((path) => path.slice(2).join('.'))
    .filter((path) => path !== 'id')
  return [...new Set(beneath)]
}
