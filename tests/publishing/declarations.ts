import { modelFromDocuments, type Model } from '../../platform/definitions/index.ts'

type Fields = Readonly<Record<string, object>>

/** A Model of objects that have a title and the given fields. */
export function modelOf(
  objects: Readonly<Record<string, Fields | { readonly fields: Fields; readonly [key: string]: unknown }>>,
  others: Readonly<Record<string, object>> = {},
): Model {
  const object = Object.fromEntries(
    Object.entries(objects).map(([name, given]) => [name, objectOf(name, given)]),
  )
  return modelFromDocuments({ object, ...others } as Parameters<typeof modelFromDocuments>[0])
}

function objectOf(name: string, given: object) {
  const { fields, ...rest } = 'fields' in given ? (given as { fields: Fields }) : { fields: given as Fields }
  return {
    name,
    label: name,
    plural: `${name}s`,
    name_field: 'title',
    ownership: 'none',
    fields: { title: { type: 'text' }, ...fields },
    ...rest,
  }
}

export const text = { type: 'text' }
export const integer = { type: 'integer' }
export const decimal = { type: 'decimal' }
export const money = { type: 'money' }
export const date = { type: 'date' }
