import type { TestTenant } from '../../harness/tenant.ts'
import { nameAt } from './documents.ts'
import type { World } from './world.ts'

export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly object: string }

/** Everything that is stored, read past the product: by plain SQL, into plain values. */
export interface Store {
  /** All rows of an object in order of id, deleted ones too. */
  all(object: string): readonly Row[]
  find(object: string, id: unknown): Row | undefined
  /** To whom a row was given by hand. */
  shares(id: string): readonly { readonly grantee: string; readonly access: string }[]
  /** What was changed of a row, newest first. */
  history(id: string): readonly Change[]
}

export type Change = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

export async function readStore({ sql, model }: TestTenant, world: World): Promise<Store> {
  const objects = ['user', 'team', ...world.objects.flatMap((_, at) => [nameAt(at), `${nameAt(at)}_row`])]
  const rows = new Map<string, Map<string, Row>>()
  for (const object of objects) {
    const found = (await sql.unsafe(`select * from "${object}" order by id`)) as unknown as Row[]
    rows.set(object, new Map(found.map((row) => [row.id, { ...row, object }])))
    const join = model.objects.get(object)?.fields.get('many')?.joinTable
    if (join === undefined) continue
    const links = await sql.unsafe(`select record, target from "${join}" order by target`)
    for (const [id, row] of rows.get(object) ?? []) {
      const many = links.flatMap((link) => (link.record === id ? [link.target as string] : []))
      rows.get(object)?.set(id, { ...row, many })
    }
  }
  const shares = (await sql.unsafe('select record, grantee, access from _share')) as unknown as {
    record: string
    grantee: string
    access: string
  }[]
  const changes = (await sql.unsafe('select record, changes from _change order by id desc')) as unknown as {
    record: string
    changes: Change | null
  }[]
  return {
    all: (object) => [...(rows.get(object)?.values() ?? [])],
    find: (object, id) => rows.get(object)?.get(String(id)),
    shares: (id) => shares.filter(({ record }) => record === id),
    history: (id) => changes.flatMap((each) => (each.record === id ? [each.changes ?? {}] : [])),
  }
}

/** A store in which one row is another one. */
export function withRow(store: Store, row: Row): Store {
  return {
    all: (object) =>
      object === row.object
        ? [...store.all(object).filter(({ id }) => id !== row.id), row].sort((a, b) => (a.id < b.id ? -1 : 1))
        : store.all(object),
    find: (object, id) => (object === row.object && id === row.id ? row : store.find(object, id)),
    shares: store.shares,
    history: store.history,
  }
}
