import type { FieldModel, ObjectModel, TerritoryModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { findField } from './look-up.ts'
import type { Linkage } from './linkage.ts'

interface Part {
  readonly at: Address
  readonly object: ObjectModel
  readonly document: Readonly<Record<string, unknown>>
}

/** The reference that makes a tree of the records of an object; undefined where there is none, or a wrong one. */
export function linkHierarchy(linkage: Linkage, { at, object, document }: Part): string | undefined {
  if (document.hierarchy === undefined) return undefined
  const place = inside(at, 'hierarchy')
  const field = findField(linkage, { object, name: document.hierarchy as string, at: place })
  if (field === undefined) return undefined
  if (field.reference?.to === object.name && field.joinTable === undefined) return field.name
  linkage.problems.error({
    at: place,
    code: 'hierarchy',
    message: `"${field.name}" does not refer to one record of "${object.name}".`,
    remedy: `Name a field of type reference to "${object.name}" (or, of the object user, one of type user).`,
  })
  return undefined
}

/** Where a record lies, and which territories are a person's. All objects are linked. */
export function linkTerritory(linkage: Linkage, { at, object, document }: Part): TerritoryModel | undefined {
  if (document.territory === undefined) return undefined
  const place = inside(at, 'territory')
  const fault = (message: string, remedy: string) => {
    linkage.problems.error({ at: place, code: 'territory', message, remedy })
    return undefined
  }
  const field = findField(linkage, { object, name: document.territory as string, at: place })
  if (field === undefined) return undefined
  const to = linkage.objects.get(field.reference?.to ?? '')
  if (to === undefined || field.joinTable !== undefined)
    return fault(`"${field.name}" does not refer to one record.`, 'Name a field of type reference.')
  if (to.hierarchy === undefined)
    return fault(`Records of "${to.name}" make no tree.`, `Give "${to.name}" a "hierarchy".`)
  const ofPerson = territoriesOfPerson(linkage, to.name)
  if (ofPerson === undefined)
    return fault(
      `Persons do not refer to "${to.name}", so that nobody has a territory.`,
      `Add a field of type references (or reference) to "${to.name}" to the object "user".`,
    )
  return { field: field.name, ofPerson }
}

function territoriesOfPerson({ objects }: Linkage, territory: string): FieldModel | undefined {
  const fields = [...(objects.get('user')?.fields.values() ?? [])]
  return fields.find(({ reference, isSystem }) => reference?.to === territory && !isSystem)
}
