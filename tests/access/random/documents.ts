import type { testTenant } from '../../harness/tenant.ts'
import {
  objectNames,
  possible,
  roleNames,
  type Condition,
  type FieldGrant,
  type GrantSpec,
  type Level,
  type ObjectSpec,
  type RoleSpec,
  type World,
} from './world.ts'

type Documents = Parameters<typeof testTenant>[1]

/** The declarations of a world. */
export function documentsOf(world: World): Documents {
  const objects = world.objects.flatMap((spec, at) => [
    objectDocument(world, spec, at),
    rowDocument(spec, at),
  ])
  const byName = (list: readonly { name: string }[]) =>
    Object.fromEntries(list.map((each) => [each.name, each]))
  return {
    object: byName(objects),
    role: byName(world.roles.map((role, at) => roleDocument(world, role, at))),
    process: byName(
      world.objects.flatMap((spec, at) => (spec.isGoverned ? [processDocument(spec, at)] : [])),
    ),
  } as unknown as Documents
}

function objectDocument({ objects }: World, spec: ObjectSpec, at: number) {
  const name = nameAt(at)
  const referring = objects.findIndex(({ refersTo }) => refersTo === at)
  const { choice } = spec
  return {
    name,
    label: name,
    plural: name,
    name_field: 'name',
    ownership: spec.isOwned ? 'user' : 'none',
    ...(spec.isGoverned ? { lifecycle: `${name}_flow` } : {}),
    search: spec.search,
    sharing: {
      by_hand: spec.byHand,
      ...(spec.rule === null
        ? {}
        : {
            rules: {
              rule: {
                label: 'Rule',
                roles: Object.fromEntries(spec.rule.roles.map((each) => [roleNames[each], true])),
                where: expressionOf(spec.rule.where),
                access: spec.rule.access,
              },
            },
          }),
    },
    fields: {
      name: { type: 'text', required: true },
      code: { type: 'text', unique: true },
      secret: { type: 'text' },
      grade: { type: 'integer' },
      ref: {
        type: 'reference',
        to: nameAt(spec.refersTo),
        on_delete: spec.onDelete === 'cascade' && spec.refersTo <= at ? 'clear' : spec.onDelete,
        ...(choice === null ? {} : { where: expressionOf(choice) }),
      },
      many: { type: 'references', to: nameAt(spec.manyTo) },
      shown: { type: 'formula', returns: 'text', expression: ['record', ...spec.formula].join('.') },
      referrers:
        referring < 0
          ? { type: 'integer' }
          : { type: 'rollup', of: `${nameAt(referring)}.ref`, function: 'count', returns: 'integer' },
      rows: { type: 'lines', of: `${name}_row.parent` },
      total: {
        type: 'rollup',
        of: `${name}_row.parent`,
        function: 'sum',
        field: 'amount',
        returns: 'integer',
      },
      ...(spec.isGoverned ? { state: { type: 'state' } } : {}),
    },
  }
}

function rowDocument({ itemTo }: ObjectSpec, at: number) {
  const name = `${nameAt(at)}_row`
  return {
    name,
    label: name,
    plural: name,
    name_field: 'text',
    parent: 'parent',
    ownership: 'none',
    fields: {
      parent: { type: 'reference', to: nameAt(at), required: true },
      text: { type: 'text', required: true },
      amount: { type: 'integer' },
      item: { type: 'reference', to: nameAt(itemTo), on_delete: 'clear' },
    },
  }
}

function processDocument({ event }: ObjectSpec, at: number) {
  const name = nameAt(at)
  const { roles, when, needs } = event
  return {
    name: `${name}_flow`,
    label: name,
    object: name,
    state_field: 'state',
    starts: 'on_create',
    events: {
      close: {
        label: 'Close',
        needs,
        ...(roles === null
          ? {}
          : { allowed_roles: Object.fromEntries(roles.map((each) => [roleNames[each], true])) }),
        ...(when === null ? {} : { allowed_when: expressionOf(when) }),
      },
      reopen: { label: 'Reopen' },
    },
    machine: {
      initial: 'open',
      states: {
        open: { meta: { label: 'Open' }, on: { close: 'closed' } },
        closed: { meta: { label: 'Closed' }, on: { reopen: 'open' } },
      },
    },
  }
}

function roleDocument(
  { objects }: World,
  { objects: grants, user, seesTeams, others }: RoleSpec,
  at: number,
) {
  const name = roleNames[at] as string
  const named = grants.flatMap((grant, to) =>
    grant === null
      ? []
      : [
          [nameAt(to), grantDocument(grant, objects[to] as ObjectSpec)],
          [`${nameAt(to)}_row`, { fields: fieldsDocument(grant.rowFields) }],
        ],
  )
  return {
    name,
    label: name,
    objects: {
      ...Object.fromEntries(named),
      ...(user === null
        ? {}
        : { user: { read: levelDocument(user.read, true), fields: fieldsDocument(user.fields) } }),
      ...(seesTeams ? { team: { read: 'all' } } : {}),
      ...(others === null ? {} : { '*': others }),
    },
  }
}

function grantDocument(grant: GrantSpec, { isOwned, isGoverned }: ObjectSpec) {
  const { create, read, update, delete: deletion, fields } = grant
  const known = Object.entries(fields).filter(([field]) => field !== 'state' || isGoverned)
  return {
    create,
    read: levelDocument(read, isOwned),
    update: levelDocument(update, isOwned),
    delete: levelDocument(deletion, isOwned),
    fields: fieldsDocument(Object.fromEntries(known)),
  }
}

function fieldsDocument(fields: Readonly<Record<string, FieldGrant>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, right]) => [name, right === 'mask' ? { mask: { last: 2 } } : right]),
  )
}

function levelDocument(declared: Level, isOwned: boolean) {
  const level = possible(declared, isOwned)
  return typeof level === 'string' ? level : { level: level.level, where: expressionOf(level.where) }
}

/** A condition in the expression language. */
export function expressionOf(condition: Condition): string {
  const path = (names: readonly string[]) => ['record', ...names].join('.')
  switch (condition.kind) {
    case 'compare':
      return `${path(condition.path)} ${condition.op} ${JSON.stringify(condition.value)}`
    case 'blank':
      return `${path(condition.path)} == null`
    case 'mine':
      return `${path(condition.path)} == user.id`
    case 'teammate':
      return `${path(condition.path)}.team == user.team`
    case 'holds':
      return `'${condition.role}' in user.roles`
    case 'not':
      return `!(${expressionOf(condition.of)})`
    default:
      return condition.of
        .map((each) => `(${expressionOf(each)})`)
        .join(condition.kind === 'both' ? ' && ' : ' || ')
  }
}

export function nameAt(at: number): string {
  return objectNames[at % objectNames.length] as string
}
