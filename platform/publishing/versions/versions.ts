import type { Queryable } from '../../database/index.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { StepClass } from '../plan/step.ts'

/** What is kept of a plan with the version that it made: the schema that it led to, and what it did. */
export interface StoredPlan {
  readonly spec: SchemaSpec
  readonly steps: readonly { readonly title: string; readonly class: StepClass; readonly rows?: number }[]
}

export interface PublishedVersion {
  readonly number: number
  readonly hash: string
  /** Text of the declarations, see version-document.ts. */
  readonly documents: string
  readonly plan: StoredPlan
}

/** One line of the history of a tenant. */
export interface VersionEntry {
  readonly number: number
  readonly hash: string
  readonly isActive: boolean
  readonly note: string | undefined
  readonly publishedBy: string | undefined
  readonly publishedAt: string
  readonly steps: StoredPlan['steps']
}

/** The version that is served; undefined before the first. */
export async function activeVersion(sql: Queryable, tenant: string): Promise<PublishedVersion | undefined> {
  const [row] = await sql<VersionRow[]>`
    select v.number, v.hash, v.documents, v.plan from platform.tenant t
    join platform.published_version v on v.tenant = t.name and v.number = t.active_version
    where t.name = ${tenant}`
  return row && fromRow(row)
}

/** @throws when there is no such version */
export async function readVersion(sql: Queryable, tenant: string, number: number): Promise<PublishedVersion> {
  const [row] = await sql<VersionRow[]>`
    select number, hash, documents, plan from platform.published_version
    where tenant = ${tenant} and number = ${number}`
  if (row === undefined)
    throw new Error(`Tenant "${tenant}" has no version ${number}; \`tessera history\` lists those there are.`)
  return fromRow(row)
}

/** The schemas of the versions from a number on, in order. */
export async function schemasSince(sql: Queryable, tenant: string, number: number): Promise<SchemaSpec[]> {
  const rows = await sql<{ plan: string }[]>`
    select plan from platform.published_version where tenant = ${tenant} and number >= ${number} order by number`
  return rows.map(({ plan }) => (JSON.parse(plan) as StoredPlan).spec)
}

/** All versions, the latest first. */
export async function listVersions(sql: Queryable, tenant: string): Promise<VersionEntry[]> {
  const rows = await sql<HistoryRow[]>`
    select v.number, v.hash, v.number = t.active_version as active, v.note, v.published_by as by,
      v.published_at as at, v.plan
    from platform.published_version v join platform.tenant t on t.name = v.tenant
    where v.tenant = ${tenant} order by v.number desc`
  return rows.map((row) => ({
    number: row.number,
    hash: row.hash,
    isActive: row.active ?? false,
    note: row.note ?? undefined,
    publishedBy: row.by ?? undefined,
    publishedAt: row.at,
    steps: (JSON.parse(row.plan) as StoredPlan).steps,
  }))
}

/** The number that the next version gets; numbers are never used twice. */
export async function nextNumber(sql: Queryable, tenant: string): Promise<number> {
  const [row] = await sql<{ number: number }[]>`
    select coalesce(max(number), 0)::int + 1 as number from platform.published_version where tenant = ${tenant}`
  return row?.number ?? 1
}

interface VersionRow {
  number: number
  hash: string
  documents: string
  plan: string
}

interface HistoryRow {
  number: number
  hash: string
  active: boolean | null
  note: string | null
  by: string | null
  at: string
  plan: string
}

function fromRow({ plan, ...row }: VersionRow): PublishedVersion {
  return { ...row, plan: JSON.parse(plan) as StoredPlan }
}
