import type { ChoiceModel, FieldModel, LocalText, ObjectModel } from '../model/model.ts'
import { noPrivacy } from '../model/privacy.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { draftField } from './draft-field.ts'
import type { Draft, Linkage } from './linkage.ts'
import { identityField, ownerField, traceFields } from './system-fields.ts'

type Document = Readonly<Record<string, unknown>>

/** An object with its fields, nothing compiled and no reference to other objects followed yet. */
export function draftObject(
  linkage: Linkage,
  {
    name,
    document,
    states,
  }: { name: string; document: Document; states: ReadonlyMap<string, ChoiceModel> | undefined },
): Draft<ObjectModel> {
  const at: Address = { kind: 'object', name, path: [] }
  const isOwned =
    document.ownership === undefined ? document.parent === undefined : document.ownership === 'user'
  return {
    name,
    formerly: document.formerly as string | undefined,
    label: document.label as LocalText,
    plural: (document.plural ?? document.label) as LocalText,
    description: document.description as LocalText | undefined,
    icon: document.icon as string | undefined,
    nameField: document.name_field as string,
    isOwned,
    parent: undefined,
    lifecycle: undefined,
    fields: draftFields(linkage, { at, name, document, states, isOwned }),
    keys: [],
    indexes: [],
    validations: [],
    searchFields: [],
    hasHistory: document.history !== false,
    privacy: noPrivacy,
    hierarchy: undefined,
    territory: undefined,
    sharing: { byHand: false, longestDays: undefined, rules: [] },
    feeds: [],
    referencedBy: [],
  }
}

interface Source {
  readonly at: Address
  readonly name: string
  readonly document: Document
  readonly states: ReadonlyMap<string, ChoiceModel> | undefined
  readonly isOwned: boolean
}

function draftFields(
  linkage: Linkage,
  { at, name, document, states, isOwned }: Source,
): Map<string, FieldModel> {
  const { currency } = linkage.settings
  const fields: Draft<FieldModel>[] = [identityField(name, currency)]
  for (const [field, declaration] of Object.entries(document.fields as Record<string, Document>)) {
    const drafted = draftField(linkage, {
      at: inside(at, 'fields', field),
      object: name,
      name: field,
      declaration,
      states,
    })
    if (drafted !== undefined) fields.push(drafted)
  }
  if (isOwned) fields.push(ownerField(name, currency))
  fields.push(...traceFields(name, currency))
  const byName = new Map<string, FieldModel>()
  // A reserved name has been reported; the platform's own field keeps the place.
  for (const field of fields) if (!byName.has(field.name) || field.isSystem) byName.set(field.name, field)
  checkColumns(linkage, at, byName)
  return byName
}

/** Two fields may not share a column: money `price` has the column `price__currency`, too. */
function checkColumns(linkage: Linkage, at: Address, fields: ReadonlyMap<string, FieldModel>): void {
  const owners = new Map<string, string>()
  for (const { name, columns } of fields.values())
    for (const column of columns) {
      const other = owners.get(column.name)
      if (other !== undefined)
        linkage.problems.error({
          at: { ...inside(at, 'fields', name), isKey: true },
          code: 'column_collision',
          message: `The fields "${other}" and "${name}" would both use the column "${column.name}".`,
          remedy: 'Give one of them another name.',
        })
      owners.set(column.name, name)
    }
}
