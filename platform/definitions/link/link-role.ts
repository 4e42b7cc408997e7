import type { RoleDocument } from '../documents.generated.ts'
import type {
  DeclaredFieldRight,
  Feature,
  FieldModel,
  LocalText,
  ObjectModel,
  ObjectRights,
  RecordRight,
  RoleModel,
} from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { compileCondition } from './compile.ts'
import { findField } from './look-up.ts'
import type { Linkage } from './linkage.ts'
import { recordOf, userType } from './scope.ts'

type Document = Readonly<Record<string, unknown>>

type DeclaredRights = NonNullable<RoleDocument['objects']>[string]

/** A role; `*` is spread over every object that the role does not name. */
export function linkRole(linkage: Linkage, name: string, document: Document): RoleModel {
  const at: Address = { kind: 'role', name, path: [] }
  const declared = (document as unknown as RoleDocument).objects ?? {}
  const objects = new Map<string, ObjectRights>()
  for (const [objectName, rights] of Object.entries(declared)) {
    if (objectName === '*') continue
    const object = linkage.objects.get(objectName)
    if (object === undefined) reportUnknown(linkage, objectName, at)
    else
      objects.set(objectName, linkRights(linkage, { object, rights, at: inside(at, 'objects', objectName) }))
  }
  const others = declared['*']
  if (others !== undefined)
    for (const object of linkage.objects.values())
      if (!objects.has(object.name))
        objects.set(
          object.name,
          linkRights(linkage, { object, rights: others, at: inside(at, 'objects', '*') }),
        )
  if (document.portal === true) checkPortal(linkage, { document: document as unknown as RoleDocument, at })
  return {
    name,
    label: document.label as LocalText,
    description: document.description as LocalText | undefined,
    features: featuresOf(document),
    isPortal: document.portal === true,
    named: new Set(Object.keys(declared).filter((object) => object !== '*')),
    needsSecondFactor: document.second_factor === 'required',
    objects,
  }
}

function featuresOf({ features = {} }: Document): ReadonlySet<Feature> {
  const granted = Object.entries(features as Record<Feature, boolean>).filter(([, isGranted]) => isGranted)
  return new Set(granted.map(([feature]) => feature as Feature))
}

function reportUnknown(linkage: Linkage, object: string, at: Address): void {
  linkage.problems.error({
    at: { ...inside(at, 'objects', object), isKey: true },
    code: 'unknown_object',
    message: `There is no object "${object}".`,
    remedy: suggest(object, linkage.objects.keys(), 'Known objects'),
  })
}

interface RightsSource {
  readonly object: ObjectModel
  readonly rights: DeclaredRights
  readonly at: Address
}

function linkRights(linkage: Linkage, source: RightsSource): ObjectRights {
  const { object, rights, at } = source
  for (const level of ['read', 'update', 'delete'] as const) checkOwnership(linkage, source, level)
  const fields = new Map(
    Object.entries(rights.fields ?? {}).map(([field, right]) => [field, linkFieldRight(right)]),
  )
  for (const [name, right] of fields) {
    const place = inside(at, 'fields', name)
    const field =
      name === '*' ? undefined : findField(linkage, { object, name, at: { ...place, isKey: true } })
    if (typeof right === 'object') checkMask(linkage, { field, at: place })
  }
  const read = linkRight(linkage, source, 'read')
  if (read.level === 'none' && (rights.create || rights.update || rights.delete))
    linkage.problems.warning({
      at,
      code: 'unreadable',
      message: `The role may write records of "${object.name}" and read none of them.`,
      remedy: 'Add a right to read, or remove the right to write.',
    })
  return {
    create: rights.create === true,
    read,
    update: linkRight(linkage, source, 'update'),
    delete: linkRight(linkage, source, 'delete'),
    fields,
  }
}

function linkRight(
  linkage: Linkage,
  { object, rights, at }: RightsSource,
  right: 'read' | 'update' | 'delete',
): RecordRight {
  const declared = rights[right] ?? 'none'
  if (typeof declared === 'string') return { level: declared, where: undefined }
  const where = compileCondition(linkage, {
    at: inside(at, right, 'where'),
    text: declared.where,
    variables: { record: recordOf(object.name), user: userType },
  })
  const obstacle = where?.sqlObstacle
  if (obstacle !== undefined)
    linkage.problems.error({
      at: { ...inside(at, right, 'where'), offset: obstacle.position },
      code: 'not_in_database',
      message: `The database cannot evaluate the row rule: ${obstacle.message}.`,
      remedy: 'Write the rule without this part.',
    })
  // A rule that did not compile has been reported; until it is mended it admits nothing.
  return where === undefined ? { level: 'none', where } : { level: declared.level ?? 'all', where }
}

function linkFieldRight(right: NonNullable<DeclaredRights['fields']>[string]): DeclaredFieldRight {
  return typeof right === 'string' ? right : { first: right.mask.first ?? 0, last: right.mask.last ?? 0 }
}

const maskable: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'url', 'long_text'])

/** Only a text that is stored has characters to hide. */
function checkMask(linkage: Linkage, { field, at }: { field: FieldModel | undefined; at: Address }): void {
  if (field !== undefined && maskable.has(field.type.name)) return
  linkage.problems.error({
    at: inside(at, 'mask'),
    code: 'mask',
    message:
      field === undefined
        ? 'A mask is for one field, not for all that are not named.'
        : `A mask shows some characters of a text, and "${field.name}" is of type ${field.type.name}.`,
    remedy: `Use "hidden" or "read", or mask a field of type ${[...maskable].join(', ')}.`,
  })
}

/** People from outside see what is theirs: nothing by a wide level, no feature of the product. */
function checkPortal(linkage: Linkage, { document, at }: { document: RoleDocument; at: Address }): void {
  for (const [feature, isGranted] of Object.entries(document.features ?? {}))
    if (isGranted)
      linkage.problems.error({
        at: inside(at, 'features', feature),
        code: 'portal',
        message: `People from outside may not use the feature "${feature}".`,
        remedy: 'Remove it, or remove "portal".',
      })
  for (const [object, rights] of Object.entries(document.objects ?? {}))
    for (const right of ['read', 'update', 'delete'] as const) {
      const declared = rights[right] ?? 'none'
      const isNarrow = typeof declared === 'object' || declared === 'own' || declared === 'none'
      if (isNarrow) continue
      linkage.problems.error({
        at: inside(at, 'objects', object, right),
        code: 'portal',
        message: `The level "${declared}" lets people from outside see records of others.`,
        remedy: 'Use "own" or a row rule such as {"where": "record.account == user.contact.account"}.',
      })
    }
}

/** These levels need an owner. */
function checkOwnership(
  linkage: Linkage,
  { object, rights, at }: RightsSource,
  right: 'read' | 'update' | 'delete',
): void {
  const declared = rights[right]
  const level = typeof declared === 'object' ? declared.level : declared
  if (object.parent !== undefined || level === undefined || level === 'all' || level === 'none') return
  if (level === 'territory') {
    if (object.territory === undefined)
      linkage.problems.error({
        at: inside(at, right),
        code: 'no_territory',
        message: `Records of "${object.name}" lie in no territory.`,
        remedy: 'Declare the "territory" of the object, or use another level.',
      })
    return
  }
  if (object.isOwned) return
  linkage.problems.error({
    at: inside(at, right),
    code: 'no_owner',
    message: `Records of "${object.name}" have no owner, so "${level}" admits none.`,
    remedy: 'Use "all", "none" or a row rule.',
  })
}
