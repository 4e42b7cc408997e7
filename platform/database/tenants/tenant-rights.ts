import type { Queryable } from '../sql.ts'

type Privilege = 'select' | 'insert' | 'update' | 'delete'

const rows: readonly Privilege[] = ['select', 'insert', 'update', 'delete']

/**
 * What the role of a tenant may do in the platform's tables, where that is less than everything with rows. History is
 * written once, so that even a faulty statement cannot change what was recorded; what publishing keeps for itself is
 * written by the platform's own role alone.
 */
const restricted: Readonly<Record<string, readonly Privilege[]>> = {
  _audit: ['select', 'insert'],
  _change: ['select', 'insert'],
  _step: ['select', 'insert'],
  _work_event: ['select', 'insert'],
  _effect_attempt: ['select', 'insert'],
  _attachment_chunk: ['select', 'insert', 'delete'],
  _erasure: ['select', 'insert', 'update'],
  _migration: ['select'],
  _process_definition: ['select'],
  _process_release: ['select'],
  _retired: ['select'],
  _unsettled: ['select'],
}

/**
 * The statements that give the role of a tenant the rights in its schema that it should have; none where all is as it
 * should be. Tables in retirement and in preparation are left as they are: no version uses them.
 */
export async function missingRights(
  sql: Queryable,
  { schema, role }: { schema: string; role: string },
): Promise<string[]> {
  const tables = await sql<{ name: string; held: Privilege[] | null }[]>`
    select c.relname as name,
      array_agg(p.privilege) filter (where has_table_privilege(${role}::name, c.oid, p.privilege)) as held
    from pg_class c cross join unnest(${rows as Privilege[]}::text[]) as p(privilege)
    where c.relnamespace = to_regnamespace(${schema}::text) and c.relkind = 'r' and c.relname !~ '^_(retired|preparing)_'
    group by c.relname order by c.relname`
  const [others] = await sql<{ usage: boolean; defaults: boolean; sequences: boolean }[]>`
    select has_schema_privilege(${role}::name, ${schema}::text, 'usage') as usage,
      (select count(distinct a.defaclobjtype) = 2 from pg_default_acl a, aclexplode(a.defaclacl) acl
        where a.defaclnamespace = to_regnamespace(${schema}::text) and acl.grantee = ${role}::text::regrole
          and a.defaclobjtype in ('r', 'S')) as defaults,
      (select coalesce(bool_and(has_sequence_privilege(${role}::name, c.oid, 'usage')), true) from pg_class c
        where c.relnamespace = to_regnamespace(${schema}::text) and c.relkind = 'S') as sequences`
  return [
    ...(others?.usage ? [] : [`grant usage on schema "${schema}" to "${role}"`]),
    ...(others?.defaults ? [] : defaultRights(schema, role)),
    ...(others?.sequences ? [] : [`grant usage, select on all sequences in schema "${schema}" to "${role}"`]),
    ...tables.flatMap(({ name, held }) =>
      changesOf({ table: `"${schema}"."${name}"`, role, name, held: held ?? [] }),
    ),
  ]
}

/** For the tables that publishing makes, so that each needs no grant of its own. */
function defaultRights(schema: string, role: string): string[] {
  return [
    `alter default privileges in schema "${schema}" grant ${rows.join(', ')} on tables to "${role}"`,
    `alter default privileges in schema "${schema}" grant usage, select on sequences to "${role}"`,
  ]
}

function changesOf({
  table,
  role,
  name,
  held,
}: {
  table: string
  role: string
  name: string
  held: readonly Privilege[]
}): string[] {
  const wanted = restricted[name] ?? rows
  const lacking = wanted.filter((privilege) => !held.includes(privilege))
  const surplus = held.filter((privilege) => !wanted.includes(privilege))
  return [
    ...(lacking.length === 0 ? [] : [`grant ${lacking.join(', ')} on ${table} to "${role}"`]),
    ...(surplus.length === 0 ? [] : [`revoke ${surplus.join(', ')} on ${table} from "${role}"`]),
  ]
}
