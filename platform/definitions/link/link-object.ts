import type { FieldModel, KeyModel, ObjectModel, ValidationModel, LocalText } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileCondition, compileTo } from './compile.ts'
import { findField } from './look-up.ts'
import { linkField, objectScopes } from './link-field.ts'
import { linkHierarchy } from './link-hierarchy.ts'
import { linkSharing } from './link-sharing.ts'
import { linkPrivacy } from './link-privacy.ts'
import { settleFormulas } from './link-formula.ts'
import type { Draft, Linkage } from './linkage.ts'
import { checkIdentifier } from './names.ts'

type Document = Readonly<Record<string, unknown>>

/** Links everything inside a drafted object; all other objects are drafted. */
export function linkObject(
  linkage: Linkage,
  { object, document }: { object: Draft<ObjectModel>; document: Document },
): void {
  const at: Address = { kind: 'object', name: object.name, path: [] }
  const scopes = objectScopes(object.name)
  for (const field of object.fields.values())
    if (Object.hasOwn(document.fields as object, field.name) && !field.isSystem)
      linkField(linkage, { field, at: inside(at, 'fields', field.name), scopes })
  settleFormulas(object)
  linkOwner(linkage, object, at)
  for (const { joinTable, name } of object.fields.values())
    if (joinTable !== undefined)
      checkIdentifier(linkage, { at: inside(at, 'fields', name), identifier: joinTable, what: 'join table' })
  object.keys = linkKeys(linkage, { at, object, document, property: 'keys' })
  object.indexes = linkKeys(linkage, { at, object, document, property: 'indexes' })
  object.validations = linkValidations(linkage, { at, object, document })
  object.parent = linkParent(linkage, { at, object, document })
  object.hierarchy = linkHierarchy(linkage, { at, object, document })
  object.sharing = linkSharing(linkage, { at, object, document })
  checkNameField(linkage, object, at)
  object.searchFields = linkSearch(linkage, { at, object, document })
  object.privacy = linkPrivacy(linkage, { at, object, document })
  checkRenames(linkage, object, at)
}

/** A new record belongs to the person who creates it, unless another is named. */
function linkOwner(linkage: Linkage, object: ObjectModel, at: Address): void {
  const owner: Draft<FieldModel> | undefined = object.isOwned ? object.fields.get('owner') : undefined
  if (owner === undefined) return
  const { defaults } = objectScopes(object.name)
  owner.defaultExpression = compileTo(linkage, {
    at,
    text: 'user',
    variables: defaults,
    to: owner.expressionType,
  })
}

interface Part {
  readonly at: Address
  readonly object: Draft<ObjectModel>
  readonly document: Document
}

function linkKeys(
  linkage: Linkage,
  { at, object, document, property }: Part & { property: 'keys' | 'indexes' },
): KeyModel[] {
  const declared = Object.entries((document[property] ?? {}) as Record<string, { fields: string[] }>)
  return declared.map(([name, { fields }]) => {
    for (const [position, fieldName] of fields.entries()) {
      const place = inside(at, property, name, 'fields', position)
      findField(linkage, { object, name: fieldName, at: place })
    }
    return { name, fields }
  })
}

function linkValidations(linkage: Linkage, { at, object, document }: Part): ValidationModel[] {
  const declared = Object.entries(
    (document.validations ?? {}) as Record<string, { invalid_when: string; at?: string; message: LocalText }>,
  )
  const variables = objectScopes(object.name).conditions
  return declared.flatMap(([name, validation]) => {
    const place = inside(at, 'validations', name)
    if (validation.at !== undefined)
      findField(linkage, { object, name: validation.at, at: inside(place, 'at') })
    const invalidWhen = compileCondition(linkage, {
      at: inside(place, 'invalid_when'),
      text: validation.invalid_when,
      variables,
    })
    return invalidWhen === undefined
      ? []
      : [{ name, invalidWhen, at: validation.at, message: validation.message }]
  })
}

/** A line cannot be without its record, goes with it, and has no owner of its own. */
function linkParent(linkage: Linkage, { at, object, document }: Part): FieldModel | undefined {
  if (document.parent === undefined) return undefined
  const place = inside(at, 'parent')
  const field: Draft<FieldModel> | undefined = findField(linkage, {
    object,
    name: document.parent as string,
    at: place,
  })
  if (field === undefined) return undefined
  const fault = (message: string, remedy: string) =>
    linkage.problems.error({ at: place, code: 'parent', message, remedy })
  if (field.type.name !== 'reference' || field.reference === undefined) {
    fault(`The parent "${field.name}" is of type ${field.type.name}.`, 'Name a field of type reference.')
    return undefined
  }
  if (object.isOwned)
    fault('A line has no owner of its own: its rights follow the parent.', 'Remove "ownership".')
  if (field.context.declaration.on_delete !== undefined && field.context.declaration.on_delete !== 'cascade')
    fault(
      `Lines are deleted with their record, but "${field.name}" says on_delete "${field.reference.onDelete}".`,
      'Remove "on_delete".',
    )
  field.isRequired = true
  field.isIndexed = true
  field.reference = { ...field.reference, onDelete: 'cascade' }
  return field
}

const titles: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'url', 'sequence', 'formula'])

function checkNameField(linkage: Linkage, object: ObjectModel, at: Address): void {
  const place = inside(at, 'name_field')
  const field = findField(linkage, { object, name: object.nameField, at: place })
  if (field === undefined) return
  const isText =
    titles.has(field.type.name) && field.expressionType.kind === 'string' && field.columns.length > 0
  if (isText) return
  linkage.problems.error({
    at: place,
    code: 'name_field',
    message: `"${field.name}" cannot title a record: it is ${field.columns.length === 0 ? 'computed when read' : `of type ${field.type.name}`}.`,
    remedy:
      'Use a field of type text, email, phone, url, sequence, or a formula that returns text over own fields.',
  })
}

function linkSearch(linkage: Linkage, { at, object, document }: Part): FieldModel[] {
  const names = (document.search as string[] | undefined) ?? [object.nameField]
  return names.flatMap((name, position) => {
    const place = document.search === undefined ? inside(at, 'name_field') : inside(at, 'search', position)
    const field =
      document.search === undefined
        ? object.fields.get(name)
        : findField(linkage, { object, name, at: place })
    if (field === undefined) return []
    if (field.type.searchText === undefined && document.search !== undefined)
      linkage.problems.error({
        at: place,
        code: 'not_searchable',
        message: `"${name}" is of type ${field.type.name}, which full-text search cannot look into.`,
        remedy: 'Name fields of text.',
      })
    return field.type.searchText === undefined ? [] : [field]
  })
}

function checkRenames(linkage: Linkage, object: ObjectModel, at: Address): void {
  const claimed = new Map<string, string>()
  for (const { name, formerly } of object.fields.values()) {
    if (formerly === undefined) continue
    const other = object.fields.has(formerly) ? formerly : claimed.get(formerly)
    if (other !== undefined)
      linkage.problems.error({
        at: inside(at, 'fields', name, 'formerly'),
        code: 'rename_collision',
        message:
          other === formerly
            ? `"${name}" was formerly "${formerly}", which is still declared.`
            : `"${name}" and "${other}" both say that they were formerly "${formerly}".`,
        remedy: 'Remove one of the two.',
      })
    claimed.set(formerly, name)
  }
}
