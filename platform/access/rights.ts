import type {
  Feature,
  FieldModel,
  Model,
  ObjectModel,
  ObjectRights,
  RecordRight,
} from '../definitions/model/model.ts'

export type RecordAction = 'read' | 'update' | 'delete'
export type FieldRight = 'hidden' | 'read' | 'write'

/** What the holder of a set of roles may do with one object: roles add up. */
export interface EffectiveObject {
  readonly create: boolean
  /** Any of these must hold for a row; empty means none, default deny. */
  readonly read: readonly RecordRight[]
  readonly update: readonly RecordRight[]
  readonly delete: readonly RecordRight[]
  field(name: string): FieldRight
}

/** What the holder of a set of roles may do. Immutable, one per (Model, roles). */
export interface EffectiveRights {
  /** Identifies the rights within the Model: the sorted role names. */
  readonly key: string
  readonly features: ReadonlySet<Feature>
  object(name: string): EffectiveObject
}

const nothing: EffectiveObject = { create: false, read: [], update: [], delete: [], field: () => 'hidden' }
const cache = new WeakMap<Model, Map<string, EffectiveRights>>()

/** The rights of a set of roles; unknown role names give no right. Cached for the life of the Model. */
export function rightsOf(model: Model, roles: readonly string[]): EffectiveRights {
  let byRoles = cache.get(model)
  if (byRoles === undefined) {
    byRoles = new Map()
    cache.set(model, byRoles)
  }
  const key = [...new Set(roles)].sort().join(',')
  let rights = byRoles.get(key)
  if (rights === undefined) {
    rights = combine({ model, key, roles })
    byRoles.set(key, rights)
  }
  return rights
}

const everything: EffectiveObject = (() => {
  const all = [{ level: 'all', where: undefined }] as const
  return { create: true, read: all, update: all, delete: all, field: () => 'write' as const }
})()

/** Rights without a limit, for consequences that the declarations demand (a cascade, a roll-up), never for a request. */
export const unlimitedRights: EffectiveRights = {
  key: '*',
  features: new Set<Feature>(),
  object: () => everything,
}

function combine({
  model,
  key,
  roles,
}: {
  model: Model
  key: string
  roles: readonly string[]
}): EffectiveRights {
  const held = [...new Set(roles)].map((name) => model.roles.get(name)).filter((role) => role !== undefined)
  const objects = new Map<string, EffectiveObject>()
  for (const object of model.objects.values()) {
    const governed = governing(model, object).name
    const grants = held.flatMap((role) => {
      const rows = role.objects.get(governed) ?? role.objects.get('*')
      if (rows === undefined) return []
      // The fields of a line have rights of their own only where the role names the line.
      const fields =
        object.name === governed ? rows.fields : (role.objects.get(object.name)?.fields ?? new Map())
      return [{ ...rows, fields }]
    })
    objects.set(object.name, combineObject({ object, grants }))
  }
  for (const object of model.objects.values())
    if (isHiddenLine(model, { object, rights: objects })) objects.set(object.name, nothing)
  return {
    key,
    features: new Set(held.flatMap((role) => [...role.features])),
    object: (name) => objects.get(name) ?? nothing,
  }
}

/** A line's record rights are those of the record that it belongs to. */
function governing(model: Model, object: ObjectModel): ObjectModel {
  const seen = new Set<string>()
  let current = object
  while (current.parent?.reference !== undefined && !seen.has(current.name)) {
    seen.add(current.name)
    current = model.objects.get(current.parent.reference.to) ?? current
  }
  return current
}

/** Lines are not to be seen by themselves where the field that shows them, or their record's lines, are hidden. */
function isHiddenLine(
  model: Model,
  { object, rights }: { object: ObjectModel; rights: ReadonlyMap<string, EffectiveObject> },
): boolean {
  const lines = linesFieldOf(model, object)
  if (lines === undefined) return false
  const owner = model.objects.get(lines.object) as ObjectModel
  return (
    rights.get(owner.name)?.field(lines.name) === 'hidden' || isHiddenLine(model, { object: owner, rights })
  )
}

/** The field that shows the rows of an object of lines in the record that they belong to. */
export function linesFieldOf(model: Model, object: ObjectModel): FieldModel | undefined {
  const owner = model.objects.get(object.parent?.reference?.to ?? '')
  return [...(owner?.fields.values() ?? [])].find(
    ({ lines }) => lines?.object === object.name && lines.through === object.parent?.name,
  )
}

function combineObject(options: { object: ObjectModel; grants: readonly ObjectRights[] }): EffectiveObject {
  const { object, grants } = options
  const isLine = object.parent !== undefined
  const rowsOf = (action: RecordAction) =>
    simplify(grants.map((grant) => grant[action]).filter((right) => right.level !== 'none'))
  const read = rowsOf('read')
  const update = rowsOf('update')
  // Lines come and go with the right to change their record.
  const create = isLine
    ? grants.some((grant) => grant.update.level !== 'none' || grant.create)
    : grants.some((grant) => grant.create)
  const fieldRights = new Map<string, FieldRight>()
  const fieldGrants = grants.filter((grant) => grant.read.level !== 'none' || grant.create)
  for (const field of object.fields.keys()) fieldRights.set(field, widest(fieldGrants, field))
  if (read.length > 0 || create) fieldRights.set('id', 'read')
  return {
    create,
    read,
    update,
    delete: isLine ? update : rowsOf('delete'),
    field: (name) => fieldRights.get(name) ?? 'hidden',
  }
}

function widest(grants: readonly ObjectRights[], field: string): FieldRight {
  let widestRight: FieldRight = 'hidden'
  for (const grant of grants) {
    const right = grant.fields.get(field) ?? grant.fields.get('*') ?? 'write'
    if (right === 'write') return 'write'
    if (right === 'read') widestRight = 'read'
  }
  return widestRight
}

/** An unconditional "all" makes every other right superfluous. */
function simplify(rights: readonly RecordRight[]): readonly RecordRight[] {
  const all = rights.find((right) => right.level === 'all' && right.where === undefined)
  return all === undefined ? rights : [all]
}
