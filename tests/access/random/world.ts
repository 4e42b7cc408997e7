import fc from 'fast-check'

/** What random declarations, people and records are made from: plain JSON, small, easy to shrink. */
export interface World {
  readonly objects: readonly ObjectSpec[]
  readonly roles: readonly RoleSpec[]
  readonly people: readonly PersonSpec[]
}

export const objectNames = ['alpha', 'beta', 'gamma'] as const
export const roleNames = ['r0', 'r1', 'r2'] as const
export const teamCount = 2

export interface ObjectSpec {
  readonly isOwned: boolean
  readonly isGoverned: boolean
  readonly refersTo: number
  readonly onDelete: 'restrict' | 'clear' | 'cascade'
  /** On what the reference may lead to. */
  readonly choice: Condition | null
  readonly manyTo: number
  readonly formula: readonly string[]
  readonly search: readonly string[]
  readonly itemTo: number
  /** Who may send the event that closes a record, and when. */
  readonly event: {
    readonly roles: readonly number[] | null
    readonly when: Condition | null
    readonly needs: 'read' | 'update'
  }
  /** Whether records are shared by hand, and by which rule with the holders of roles. */
  readonly byHand: boolean
  readonly rule: {
    readonly roles: readonly number[]
    readonly where: Condition
    readonly access: 'read' | 'update'
  } | null
  readonly records: readonly RecordSpec[]
}

export interface RecordSpec {
  readonly word: string
  readonly secret: string | null
  readonly grade: number | null
  readonly refersTo: number | null
  readonly many: readonly number[]
  readonly owner: number
  readonly by: number
  readonly rows: readonly { readonly amount: number; readonly item: number | null }[]
  /** Written over `secret` afterwards, so that there is a history. */
  readonly later: string | null
  readonly isClosed: boolean
  readonly isDeleted: boolean
  /** With a person, a team or a role. */
  readonly share: {
    readonly kind: 'user' | 'team' | 'role'
    readonly at: number
    readonly access: 'read' | 'update'
  } | null
}

export interface PersonSpec {
  readonly roles: readonly number[]
  readonly team: number | null
  /** One of those before him, if there are any. */
  readonly manager: number | null
  /** By which way of looking the levels below him are asked. */
  readonly reach: 'narrow' | 'wide' | 'vast'
}

export type Level = 'none' | Reaching | { readonly level: Reaching; readonly where: Condition }
export type Reaching = 'own' | 'team' | 'subordinates' | 'all'

/** A level that goes by an owner admits nobody where there is none; the check of declarations refuses it there. */
export function possible(level: Level, isOwned: boolean): Level {
  const by = typeof level === 'string' ? level : level.level
  return isOwned || by === 'all' ? level : 'none'
}

/** `mask`: the last two characters are shown. */
export type FieldGrant = 'hidden' | 'mask' | 'read' | 'write'

const maskable: ReadonlySet<string> = new Set(['name', 'code', 'secret', 'text'])

export interface GrantSpec {
  readonly create: boolean
  readonly read: Level
  readonly update: Level
  readonly delete: Level
  readonly fields: Readonly<Record<string, FieldGrant>>
  /** Of the rows of its lines. */
  readonly rowFields: Readonly<Record<string, FieldGrant>>
}

export interface RoleSpec {
  readonly objects: readonly (GrantSpec | null)[]
  readonly user: { readonly read: Level; readonly fields: Readonly<Record<string, FieldGrant>> } | null
  readonly seesTeams: boolean
  /** What every object that is not named grants. */
  readonly others: { readonly read: 'all' | 'none'; readonly update: 'all' | 'none' } | null
}

/** A condition in a form that both the expression language and the oracle can be given. */
export type Condition =
  | {
      readonly kind: 'compare'
      readonly path: readonly string[]
      readonly op: '==' | '!=' | '>'
      readonly value: string | number
    }
  | { readonly kind: 'blank'; readonly path: readonly string[] }
  | { readonly kind: 'mine'; readonly path: readonly string[] }
  | { readonly kind: 'teammate'; readonly path: readonly string[] }
  | { readonly kind: 'holds'; readonly role: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'both' | 'either'; readonly of: readonly [Condition, Condition] }

export const words = ['red', 'blue', 'green']
export const secrets = ['sesame', 'poppy']

/** Paths to texts, numbers, people and any reference; every object has them. */
export const paths = {
  text: [
    ['name'],
    ['secret'],
    ['ref', 'secret'],
    ['ref', 'name'],
    ['ref', 'ref', 'secret'],
    ['created_by', 'name'],
  ],
  number: [['grade'], ['ref', 'grade'], ['ref', 'ref', 'grade'], ['referrers'], ['ref', 'referrers']],
  person: [['created_by'], ['ref', 'created_by'], ['updated_by']],
  reference: [['ref'], ['ref', 'ref'], ['ref', 'created_by']],
} as const

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      path: fc.constantFrom(...paths.number),
      op: fc.constantFrom('==', '!=', '>'),
      value: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      path: fc.constantFrom(...paths.text),
      op: fc.constantFrom('==', '!='),
      value: fc.constantFrom(...secrets, 'red 0'),
    }),
    fc.record({
      kind: fc.constant('blank' as const),
      path: fc.constantFrom(...paths.text, ...paths.number, ...paths.reference),
    }),
    fc.record({ kind: fc.constant('mine' as const), path: fc.constantFrom(...paths.person) }),
    fc.record({ kind: fc.constant('teammate' as const), path: fc.constantFrom(...paths.person) }),
    fc.record({ kind: fc.constant('holds' as const), role: fc.constantFrom(...roleNames) }),
  ),
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    tie('leaf'),
    fc.record({ kind: fc.constant('not' as const), of: tie('any') }),
    fc.record({
      kind: fc.constantFrom('both' as const, 'either' as const),
      of: fc.tuple(tie('any'), tie('any')),
    }),
  ),
})).any

const level: fc.Arbitrary<Level> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Level>('all') },
  { weight: 3, arbitrary: fc.constantFrom<Level>('own', 'team', 'subordinates', 'subordinates', 'none') },
  {
    weight: 3,
    arbitrary: fc.record({
      level: fc.constantFrom<Reaching>('all', 'all', 'own', 'team', 'subordinates'),
      where: condition,
    }),
  },
)

export const plainFields = [
  'name',
  'code',
  'secret',
  'grade',
  'ref',
  'many',
  'shown',
  'referrers',
  'rows',
  'total',
  'state',
  'created_by',
  'updated_by',
  'created_at',
  'updated_at',
]
export const rowFields = ['parent', 'text', 'amount', 'item', 'created_by']

const fieldGrants = (names: readonly string[]) =>
  fc
    .dictionary(
      fc.constantFrom('*', ...names),
      fc.constantFrom<FieldGrant>('hidden', 'mask', 'read', 'write'),
      { maxKeys: 2, noNullPrototype: true },
    )
    .map((grants) =>
      Object.fromEntries(
        Object.entries(grants).map(([name, right]) => [
          name,
          right === 'mask' && !maskable.has(name) ? 'read' : right,
        ]),
      ),
    )

const grant: fc.Arbitrary<GrantSpec> = fc.record({
  create: fc.boolean(),
  read: level,
  update: level,
  delete: level,
  fields: fieldGrants(plainFields),
  rowFields: fieldGrants(rowFields),
})

const role: fc.Arbitrary<RoleSpec> = fc.record({
  objects: fc.tuple(...objectNames.map(() => fc.option(grant, { freq: 12 }))),
  user: fc.option(
    fc.record({
      read: fc.constantFrom<Level>('all', 'none', { level: 'all', where: { kind: 'teammate', path: [] } }),
      fields: fieldGrants(['name', 'email', 'team']),
    }),
  ),
  seesTeams: fc.boolean(),
  others: fc.option(
    fc.record({
      read: fc.constantFrom('all' as const, 'none' as const),
      update: fc.constantFrom('all' as const, 'none' as const),
    }),
    { freq: 2 },
  ),
})

const index = fc.nat({ max: 5 })

const record: fc.Arbitrary<RecordSpec> = fc.record({
  word: fc.constantFrom(...words),
  secret: fc.option(fc.constantFrom(...secrets), { freq: 4 }),
  grade: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 4 }),
  refersTo: fc.option(index, { freq: 5 }),
  many: fc.uniqueArray(index, { maxLength: 2 }),
  owner: index,
  by: index,
  rows: fc.array(fc.record({ amount: fc.integer({ min: 0, max: 3 }), item: fc.option(index, { freq: 3 }) }), {
    maxLength: 2,
  }),
  later: fc.option(fc.constantFrom(...secrets), { freq: 2 }),
  isClosed: fc.boolean(),
  isDeleted: fc.integer({ min: 0, max: 5 }).map((at) => at === 5),
  share: fc.option(
    fc.record({
      kind: fc.constantFrom('user' as const, 'team' as const, 'role' as const),
      at: index,
      access: fc.constantFrom('read' as const, 'update' as const),
    }),
  ),
})

const object: fc.Arbitrary<ObjectSpec> = fc.record({
  isOwned: fc.boolean(),
  isGoverned: fc.boolean(),
  refersTo: fc.nat({ max: objectNames.length - 1 }),
  onDelete: fc.constantFrom('restrict' as const, 'clear' as const, 'cascade' as const),
  choice: fc.option(condition, { freq: 2 }),
  manyTo: fc.nat({ max: objectNames.length - 1 }),
  formula: fc.constantFrom(['ref', 'secret'], ['ref', 'ref', 'name'], ['secret']),
  search: fc.constantFrom(['name'], ['name', 'secret']),
  itemTo: fc.nat({ max: objectNames.length - 1 }),
  event: fc.record({
    roles: fc.option(fc.uniqueArray(fc.nat({ max: roleNames.length - 1 }), { minLength: 1, maxLength: 2 })),
    when: fc.option(condition),
    needs: fc.constantFrom('read' as const, 'update' as const),
  }),
  byHand: fc.boolean(),
  rule: fc.option(
    fc.record({
      roles: fc.uniqueArray(fc.nat({ max: roleNames.length - 1 }), { minLength: 1, maxLength: 2 }),
      where: condition,
      access: fc.constantFrom('read' as const, 'update' as const),
    }),
    { freq: 2 },
  ),
  records: fc.array(record, { minLength: 2, maxLength: 6 }),
})

export const world: fc.Arbitrary<World> = fc.record({
  objects: fc.tuple(...objectNames.map(() => object)),
  roles: fc.tuple(...roleNames.map(() => role)),
  people: fc.array(
    fc.record({
      roles: fc.uniqueArray(fc.nat({ max: roleNames.length - 1 }), { minLength: 1, maxLength: 3 }),
      team: fc.option(fc.nat({ max: teamCount - 1 }), { freq: 3 }),
      manager: fc.option(fc.nat({ max: 3 }), { freq: 3 }),
      reach: fc.constantFrom('narrow' as const, 'wide' as const, 'vast' as const),
    }),
    { minLength: 2, maxLength: 4 },
  ),
})
