import type { Principal } from '../../../platform/access/principal.ts'
import { nameAt } from './documents.ts'
import type { Row, Store } from './store.ts'
import {
  objectNames,
  possible,
  roleNames,
  type Condition,
  type FieldGrant,
  type GrantSpec,
  type Level,
  type World,
} from './world.ts'

export type Action = 'read' | 'update' | 'delete'

export interface FieldShape {
  readonly to?: string
  readonly isMany?: boolean
  readonly isLines?: boolean
}

/**
 * Who may see and do what, worked out from the declarations in the most naive way: row by row, over plain values, with
 * nothing of the product. @param me the person who asks
 */
export class Oracle {
  readonly world: World
  readonly store: Store
  readonly me: Principal

  constructor(world: World, store: Store, me: Principal) {
    this.world = world
    this.store = store
    this.me = me
  }

  over(store: Store): Oracle {
    return new Oracle(this.world, store, this.me)
  }

  /** The fields of an object, with where they lead. */
  fields(object: string): Readonly<Record<string, FieldShape>> {
    const trace = { created_at: {}, created_by: { to: 'user' }, updated_at: {}, updated_by: { to: 'user' } }
    if (object === 'team') return { id: {}, name: {}, parent: { to: 'team' }, ...trace }
    if (object === 'user') {
      const plain = Object.fromEntries(
        ['id', 'name', 'email', 'roles', 'title', 'phone', 'is_active', 'locale', 'time_zone'].map((name) => [
          name,
          {},
        ]),
      )
      return { ...plain, team: { to: 'team' }, manager: { to: 'user' }, ...trace }
    }
    const spec = this.spec(object)
    if (object.endsWith('_row'))
      return {
        id: {},
        parent: { to: parentOf(object) },
        text: {},
        amount: {},
        item: { to: nameAt(spec.itemTo) },
        ...trace,
      }
    return {
      ...{ id: {}, name: {}, code: {}, secret: {}, grade: {}, shown: {}, referrers: {}, total: {}, ...trace },
      ref: { to: nameAt(spec.refersTo) },
      many: { to: nameAt(spec.manyTo), isMany: true },
      rows: { to: `${object}_row`, isLines: true },
      ...(spec.isOwned ? { owner: { to: 'user' } } : {}),
      ...(spec.isGoverned ? { state: {} } : {}),
    }
  }

  spec(object: string): World['objects'][number] {
    return this.world.objects[objectNames.indexOf(parentOf(object) as 'alpha')] as World['objects'][number]
  }

  /** What each of the roles that one has grants on an object; rows are governed by their record. */
  grants(object: string): readonly Partial<GrantSpec>[] {
    return this.me.roles.flatMap((name): readonly Partial<GrantSpec>[] => {
      const role = this.world.roles[roleNames.indexOf(name as 'r0')]
      if (role === undefined) return []
      const others = role.others === null ? [] : [{ ...role.others }]
      if (object === 'user') return role.user === null ? others : [role.user]
      if (object === 'team') return role.seesTeams ? [{ read: 'all' }] : others
      const grant = role.objects[objectNames.indexOf(parentOf(object) as 'alpha')]
      if (grant === null || grant === undefined) return others
      const { isOwned } = this.spec(object)
      const levels = {
        read: possible(grant.read, isOwned),
        update: possible(grant.update, isOwned),
        delete: possible(grant.delete, isOwned),
      }
      return [{ ...grant, ...levels, fields: object.endsWith('_row') ? grant.rowFields : grant.fields }]
    })
  }

  field(object: string, name: string): FieldGrant {
    if (!(name in this.fields(object)) || !this.knows(object)) return 'hidden'
    if (name === 'id') return 'read'
    const rights = this.grants(object)
      .filter(({ read = 'none', create = false }) => read !== 'none' || create)
      .map(({ fields = {} }) => fields[name] ?? fields['*'] ?? 'write')
    if (rights.includes('write')) return 'write'
    return rights.includes('read') ? 'read' : 'hidden'
  }

  /** Whether some characters of a hidden text are shown. */
  masks(object: string, name: string): boolean {
    return (
      this.knows(object) &&
      this.field(object, name) === 'hidden' &&
      this.grants(object)
        .filter(({ read = 'none', create = false }) => read !== 'none' || create)
        .some(({ fields = {} }) => (fields[name] ?? fields['*']) === 'mask')
    )
  }

  /** Whether the lines of an object are hidden from the person with the field that shows them. */
  hidesRows(object: string): boolean {
    return object.endsWith('_row') && this.field(parentOf(object), 'rows') === 'hidden'
  }

  reads(object: string): boolean {
    return !this.hidesRows(object) && this.levels(object, 'read').length > 0
  }

  creates(object: string): boolean {
    if (object.endsWith('_row') && this.changes(object)) return true
    return this.grants(object).some(({ create }) => create === true)
  }

  changes(object: string): boolean {
    return this.levels(object, 'update').length > 0
  }

  knows(object: string): boolean {
    return this.reads(object) || (!this.hidesRows(object) && this.creates(object))
  }

  levels(object: string, action: Action): readonly Level[] {
    return this.grants(object)
      .map((grant) => grant[action] ?? 'none')
      .filter((level) => level !== 'none')
  }

  /** Whether the person may read, change or delete this row. */
  may(action: Action, row: Row | undefined): boolean {
    if (row === undefined) return false
    if (row.object.endsWith('_row')) {
      if (this.hidesRows(row.object)) return false
      return this.may(
        action === 'delete' ? 'update' : action,
        this.store.find(parentOf(row.object), row.parent),
      )
    }
    const levels = this.levels(row.object, action)
    return (
      levels.some((level) => this.admits(level, row)) || (levels.length > 0 && this.isShared(action, row))
    )
  }

  /** Whether the row was given to the person beyond what his levels admit. */
  isShared(action: Action, row: Row): boolean {
    if (action === 'delete' || !(objectNames as readonly string[]).includes(row.object)) return false
    const { rule, byHand } = this.spec(row.object)
    const reaches = (access: string) => action === 'read' || access === 'update'
    const isByRule =
      rule !== null &&
      reaches(rule.access) &&
      rule.roles.some((role) => this.me.roles.includes(roleNames[role] as string)) &&
      this.holds(rule.where, row)
    const names = [
      `user:${this.me.userId}`,
      `team:${this.me.team}`,
      ...this.me.roles.map((role) => `role:${role}`),
    ]
    return (
      isByRule ||
      (byHand &&
        this.store.shares(row.id).some(({ grantee, access }) => names.includes(grantee) && reaches(access)))
    )
  }

  /** Whether somebody reports to the person, directly or through others. */
  isAbove(person: Row | undefined): boolean {
    const manager = this.store.find('user', person?.manager)
    return manager !== undefined && (manager.id === this.me.userId || this.isAbove(manager))
  }

  admits(level: Level, row: Row): boolean {
    if (typeof level !== 'string') return this.admits(level.level, row) && this.holds(level.where, row)
    if (level === 'all') return true
    const owner = this.store.find('user', row.owner)
    const isOwn = row.owner === this.me.userId
    if (level === 'subordinates') return isOwn || this.isAbove(owner)
    return level === 'own' ? isOwn : isOwn || (typeof owner?.team === 'string' && owner.team === this.me.team)
  }

  /** Whether every row of an object may be seen by a right without a condition: then references are not looked behind. */
  isOpen(object: string): boolean {
    return !this.hidesRows(object) && this.levels(parentOf(object), 'read').includes('all')
  }

  /** Whether the row is there and may be seen. */
  sees(row: Row | undefined): row is Row {
    return row !== undefined && row.deleted_at === null && this.may('read', row)
  }

  holds(condition: Condition, row: Row, isGated = false): boolean {
    switch (condition.kind) {
      case 'compare': {
        const value = this.at(row, condition.path, isGated)
        if (value === null) return false
        if (condition.op === '>') return (value as number) > (condition.value as number)
        return (value === condition.value) === (condition.op === '==')
      }
      case 'blank':
        return this.at(row, condition.path, isGated) === null
      case 'mine':
        return this.at(row, condition.path, isGated) === this.me.userId
      case 'teammate': {
        const team = this.at(row, [...condition.path, 'team'], isGated)
        return team !== null && team === this.me.team
      }
      case 'holds':
        return this.me.roles.includes(condition.role)
      case 'not':
        return !this.holds(condition.of, row, isGated)
      case 'both':
        return condition.of.every((each) => this.holds(each, row, isGated))
      case 'either':
        return condition.of.some((each) => this.holds(each, row, isGated))
    }
  }

  /** The value at the end of a path; `isGated`: blank behind and at references to what may not be seen. */
  at(row: Row, path: readonly string[], isGated: boolean): unknown {
    const [name = 'id', ...rest] = path
    const { to } = this.fields(row.object)[name] ?? {}
    const value = this.value(row, name)
    if (to === undefined) return value
    const target = this.store.find(to, value)
    // Who may read every record of the object is shown the id of a deleted one, too.
    if (rest.length === 0 && this.isOpen(to)) return value
    if (isGated && !this.sees(target)) return null
    if (rest.length === 0) return value
    return target === undefined ? null : this.at(target, rest, isGated)
  }

  /** What is stored in a field, or is computed from all that is stored. */
  value(row: Row, name: string): unknown {
    if (!(objectNames as readonly string[]).includes(row.object)) return row[name] ?? null
    if (name === 'shown') return this.at(row, this.spec(row.object).formula, false)
    if (name === 'total')
      return this.rows(row).reduce((sum, { amount }) => sum + ((amount as number | null) ?? 0), 0)
    const referring = this.world.objects.findIndex(({ refersTo }) => nameAt(refersTo) === row.object)
    if (name === 'referrers' && referring >= 0)
      return this.store
        .all(nameAt(referring))
        .filter((each) => each.deleted_at === null && each.ref === row.id).length
    return row[name] ?? null
  }

  rows(row: Row): readonly Row[] {
    return this.store
      .all(`${row.object}_row`)
      .filter((each) => each.deleted_at === null && each.parent === row.id)
  }

  /** The row's field as the person is to see it. */
  shown(row: Row, name: string): unknown {
    if (this.masks(row.object, name)) {
      const text = row[name]
      if (typeof text !== 'string') return null
      return text.length > 2 ? '•'.repeat(text.length - 2) + text.slice(-2) : '•'.repeat(text.length)
    }
    const { to, isMany } = this.fields(row.object)[name] ?? {}
    if (isMany === true)
      return (row.many as readonly string[]).filter((id) => this.sees(this.store.find(to as string, id)))
    return this.at(row, [name], true)
  }

  /** Whether every part of a path may be seen. */
  knowsPath(object: string, path: readonly string[]): boolean {
    const [name = '', ...rest] = path
    const { to } = this.fields(object)[name] ?? {}
    if (this.field(object, name) === 'hidden') return false
    if (rest.length === 0) return true
    return to !== undefined && this.reads(to) && this.knowsPath(to, rest)
  }

  /** Whether a path may be read, where some characters at its end are enough. */
  showsPath(object: string, path: readonly string[]): boolean {
    if (this.knowsPath(object, path)) return true
    const [name = '', ...rest] = path
    if (rest.length === 0) return this.masks(object, name)
    const { to } = this.fields(object)[name] ?? {}
    return (
      this.field(object, name) !== 'hidden' && to !== undefined && this.reads(to) && this.showsPath(to, rest)
    )
  }

  /** Whether everything that a condition names may be seen. */
  knowsCondition(object: string, condition: Condition): boolean {
    if ('of' in condition)
      return [condition.of].flat().every((each) => this.knowsCondition(object, each as Condition))
    if (condition.kind === 'holds') return true
    return this.knowsPath(
      object,
      condition.kind === 'teammate' ? [...condition.path, 'team'] : condition.path,
    )
  }
}

export function parentOf(object: string): string {
  return object.replace(/_row$/, '')
}
