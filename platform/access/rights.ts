import type {
  Feature,
  FieldModel,
  Mask,
  Model,
  ObjectModel,
  ObjectRights,
  RecordRight,
  RoleModel,
  SharingModel,
} from '../definitions/model/model.ts'
import { governing } from './governing.ts'
import { hiddenObject } from './hidden-object.ts'
import type { Principal } from './principal.ts'
import { withoutShares } from './without-shares.ts'
import { limitRights } from './scopes.ts'
import { rightsWhileActing } from './while-acting.ts'

export type RecordAction = 'read' | 'update' | 'delete'
export type FieldRight = 'hidden' | 'read' | 'write'

/** What lets some records be read, changed or deleted, and where it is declared. */
export interface RecordGrant extends Omit<RecordRight, 'level'> {
  /** `shared`: what somebody shared by hand. */
  readonly level: RecordRight['level'] | 'shared'
  readonly from:
    | { readonly kind: 'role'; readonly role: string }
    | { readonly kind: 'rule'; readonly rule: string }
    | { readonly kind: 'hand' }
    | { readonly kind: 'platform' }
}

/** What the holder of a set of roles may do with one object: roles add up. */
export interface EffectiveObject {
  readonly create: boolean
  /** Any of these must hold for a row; empty means none, default deny. */
  readonly read: readonly RecordGrant[]
  readonly update: readonly RecordGrant[]
  readonly delete: readonly RecordGrant[]
  /** A masked field is as hidden as any other, but for what `mask` shows of its values. */
  field(name: string): FieldRight
  mask(name: string): Mask | undefined
}

/**
 * To how many people and territories the levels reach that look down a tree: to some, to many, to thousands. It decides
 * only by which way PostgreSQL looks, see predicate.ts.
 */
export type Reach = 'narrow' | 'wide' | 'vast'

/** What the holder of a set of roles may do. Immutable, one per (Model, roles, reach). */
export interface EffectiveRights {
  /** Identifies the rights within the Model. */
  readonly key: string
  /** The names of the roles that count, for messages. */
  readonly roles: string
  readonly features: ReadonlySet<Feature>
  readonly reach: Reach
  /** For people from outside: only roles of this kind count. */
  readonly isPortal: boolean
  object(name: string): EffectiveObject
}

const cache = new WeakMap<Model, Map<string, EffectiveRights>>()

/** The rights of somebody: those of his roles, as far as the scopes of his key, or who acts for him, reach. */
export function rightsOfPrincipal(model: Model, principal: Principal): EffectiveRights {
  const all = rightsOf(model, principal.roles, principal.reach)
  const rights = principal.hasShares === false ? withoutShares(all) : all
  if (principal.isImpersonated === true) return rightsWhileActing(rights)
  return principal.scopes === undefined ? rights : limitRights(model, rights, principal.scopes)
}

/** The rights of a set of roles; unknown role names give no right. Cached for the life of the Model. */
export function rightsOf(model: Model, roles: readonly string[], reach: Reach = 'narrow'): EffectiveRights {
  let byRoles = cache.get(model)
  if (byRoles === undefined) {
    byRoles = new Map()
    cache.set(model, byRoles)
  }
  const names = [...new Set(roles)].sort().join(',')
  const key = reach === 'narrow' ? names : `${names} ${reach}`
  let rights = byRoles.get(key)
  if (rights === undefined) {
    rights = combine({ model, key, roles, reach })
    byRoles.set(key, rights)
  }
  return rights
}

const everything: EffectiveObject = (() => {
  const all = [{ level: 'all', where: undefined, from: { kind: 'platform' } }] as const
  return {
    create: true,
    read: all,
    update: all,
    delete: all,
    field: () => 'write' as const,
    mask: () => undefined,
  }
})()

/** Rights without a limit, for consequences that the declarations demand (a cascade, a roll-up), never for a request. */
export const unlimitedRights: EffectiveRights = {
  key: '*',
  roles: '*',
  features: new Set<Feature>(),
  reach: 'narrow',
  isPortal: false,
  object: () => everything,
}

function combine({
  model,
  key,
  roles,
  reach,
}: {
  model: Model
  key: string
  roles: readonly string[]
  reach: Reach
}): EffectiveRights {
  const held = heldRoles(model, roles)
  const objects = new Map<string, EffectiveObject>()
  for (const object of model.objects.values()) {
    const governed = governing(model, object)
    const grants = held.flatMap((role) => {
      const rows = role.objects.get(governed.name) ?? role.objects.get('*')
      if (rows === undefined) return []
      // The fields of a line have rights of their own only where the role names the line.
      const fields = object === governed ? rows.fields : (role.objects.get(object.name)?.fields ?? new Map())
      return [{ ...rows, fields, role: role.name }]
    })
    objects.set(object.name, combineObject({ object, sharing: governed.sharing, grants, held }))
  }
  for (const object of model.objects.values())
    if (isHiddenLine(model, { object, rights: objects })) objects.set(object.name, hiddenObject)
  return {
    key,
    roles: held.map(({ name }) => name).join(','),
    features: new Set(held.flatMap((role) => [...role.features])),
    reach,
    isPortal: held.some((role) => role.isPortal),
    object: (name) => objects.get(name) ?? hiddenObject,
  }
}

/** The roles that count: where somebody from outside holds others beside that of a portal, these give nothing. */
export function heldRoles(model: Model, roles: readonly string[]): readonly RoleModel[] {
  const held = [...new Set(roles)].sort().flatMap((name) => model.roles.get(name) ?? [])
  const portal = held.filter((role) => role.isPortal)
  return portal.length > 0 ? portal : held
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

interface RoleGrant extends ObjectRights {
  readonly role: string
}

function combineObject(options: {
  object: ObjectModel
  /** Of the record that governs, where the object is a line. */
  sharing: SharingModel
  grants: readonly RoleGrant[]
  held: readonly RoleModel[]
}): EffectiveObject {
  const { object, sharing, grants, held } = options
  const isLine = object.parent !== undefined
  const rowsOf = (action: RecordAction): readonly RecordGrant[] => {
    const own = grants.flatMap(({ role, [action]: right }): RecordGrant[] =>
      right.level === 'none' ? [] : [{ ...right, from: { kind: 'role', role } }],
    )
    // Shares widen what roles admit of an object; they do not open it.
    return own.length === 0 ? [] : simplify([...own, ...sharedRows({ sharing, held, action })])
  }
  const read = rowsOf('read')
  const update = rowsOf('update')
  // Lines come and go with the right to change their record.
  const create = isLine
    ? grants.some((grant) => grant.update.level !== 'none' || grant.create)
    : grants.some((grant) => grant.create)
  const fieldRights = new Map<string, FieldRight>()
  const masks = new Map<string, Mask>()
  const fieldGrants = grants.filter((grant) => grant.read.level !== 'none' || grant.create)
  for (const field of object.fields.keys()) {
    const { right, mask } = widest(fieldGrants, field)
    fieldRights.set(field, right)
    if (mask !== undefined) masks.set(field, mask)
  }
  if (read.length > 0 || create) fieldRights.set('id', 'read')
  return {
    create,
    read,
    update,
    delete: isLine ? update : rowsOf('delete'),
    field: (name) => fieldRights.get(name) ?? 'hidden',
    mask: (name) => masks.get(name),
  }
}

/** What is shared by rules with these roles, and by hand with anybody. */
function sharedRows({
  sharing,
  held,
  action,
}: {
  sharing: SharingModel
  held: readonly RoleModel[]
  action: RecordAction
}): readonly RecordGrant[] {
  if (action === 'delete') return []
  const rules = sharing.rules.filter(
    ({ roles, access }) =>
      (action === 'read' || access === 'update') && held.some(({ name }) => roles.has(name)),
  )
  return [
    ...rules.map(({ name, where }): RecordGrant => ({
      level: 'all',
      where,
      from: { kind: 'rule', rule: name },
    })),
    ...(sharing.byHand
      ? [{ level: 'shared', where: undefined, from: { kind: 'hand' } } satisfies RecordGrant]
      : []),
  ]
}

/** The widest right to a field; a mask shows what any of the masks shows. */
function widest(grants: readonly ObjectRights[], field: string): { right: FieldRight; mask?: Mask } {
  const declared = grants.map(({ fields }) => fields.get(field) ?? fields.get('*') ?? 'write')
  if (declared.includes('write')) return { right: 'write' }
  if (declared.includes('read')) return { right: 'read' }
  const masks = declared.filter((right) => typeof right === 'object')
  if (masks.length === 0) return { right: 'hidden' }
  const most = (part: keyof Mask) => Math.max(...masks.map((mask) => mask[part]))
  return { right: 'hidden', mask: { first: most('first'), last: most('last') } }
}

/** An unconditional "all" makes every other right superfluous. */
function simplify(rights: readonly RecordGrant[]): readonly RecordGrant[] {
  const all = rights.find((right) => right.level === 'all' && right.where === undefined)
  return all === undefined ? rights : [all]
}
