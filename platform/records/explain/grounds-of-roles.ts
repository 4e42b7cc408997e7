import { governing } from '../../access/governing.ts'
import { heldRoles, type EffectiveRights } from '../../access/rights.ts'
import { visibleText } from '../../access/visible-paths.ts'
import type { Expression } from '../../language/types.ts'
import type { DeclaredFieldRight, Model, ObjectModel, RoleModel } from '../../definitions/model/model.ts'
import type { Declared, Ground } from './explanation.ts'

/** For whom it is told: what of a rule he may not see is not told. */
export interface Reader {
  readonly model: Model
  readonly rights: EffectiveRights
}

type ObjectAction = 'create' | 'read' | 'update' | 'delete'

/** What each of the roles says of the object, to begin with: whether any record at all may be read, changed ... */
export function objectGrounds(
  reader: Reader,
  { roles, object, action }: { roles: readonly string[]; object: ObjectModel; action: ObjectAction },
): Ground[] {
  const { model } = reader
  const governed = governing(model, object)
  // Lines come and go with the right to change their record.
  const asked = governed !== object && action !== 'read' ? 'update' : action
  return heldRoles(model, roles).map((role) => {
    const { rights, entry } = rightsIn(role, governed.name)
    const right = rights?.[asked]
    const allows = typeof right === 'object' ? right.level !== 'none' : right === true
    const says =
      rights === undefined
        ? undefined
        : typeof right === 'object'
          ? textOfRight(reader, governed.name, right)
          : String(right === true)
    return {
      kind: 'role',
      allows,
      role: { name: role.name, label: role.label },
      declared: declaredIn(model, role, { path: ['objects', entry ?? governed.name, asked], says }),
    }
  })
}

/** What each of the roles says of a field. */
export function fieldGrounds(
  model: Model,
  {
    roles,
    object,
    field,
    needs,
  }: { roles: readonly string[]; object: ObjectModel; field: string; needs: 'read' | 'write' },
): Ground[] {
  const governed = governing(model, object)
  return heldRoles(model, roles).map((role) => {
    const { rights, entry } = rightsIn(role, governed.name)
    const counts = rights !== undefined && (rights.read.level !== 'none' || rights.create)
    const fields = object === governed ? rights?.fields : (role.objects.get(object.name)?.fields ?? new Map())
    const named = fields?.has(field) === true ? field : '*'
    const right: DeclaredFieldRight | undefined = counts
      ? ((fields?.get(named) as DeclaredFieldRight | undefined) ?? 'write')
      : undefined
    const place = object === governed ? (entry ?? governed.name) : object.name
    return {
      kind: 'role',
      allows: right === 'write' || (needs === 'read' && right === 'read'),
      role: { name: role.name, label: role.label },
      declared: declaredIn(model, role, {
        path: ['objects', place, 'fields', named],
        says: right === undefined ? undefined : textOfField(right),
      }),
    }
  })
}

/** Where a role says something. */
export function declaredIn(
  model: Model,
  role: RoleModel,
  { path, says }: { path: readonly string[]; says: string | undefined },
): Declared {
  return {
    pointer: ['roles', role.name, ...path].join('/'),
    files: model.sources[`role/${role.name}`] ?? [],
    says,
  }
}

/** `*` is where the role says it, if it does not name the object. */
function rightsIn(role: RoleModel, object: string) {
  const rights = role.objects.get(object)
  return { rights, entry: rights === undefined ? undefined : role.named.has(object) ? object : '*' }
}

/** A level with its row rule, as far as the reader may see what the rule names. */
export function textOfRight(
  reader: Reader,
  object: string,
  { level, where }: { level: string; where: Expression | undefined },
): string {
  return where === undefined ? level : `${level} where ${visibleText(reader, object, where) ?? '…'}`
}

function textOfField(right: DeclaredFieldRight): string {
  return typeof right === 'string' ? right : `mask first ${right.first}, last ${right.last}`
}
