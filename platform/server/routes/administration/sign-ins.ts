import type { Database } from '../../../database/index.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import { namesOf } from './people/names-of.ts'

export interface SignInFilter {
  readonly person?: string | undefined
  readonly outcome?: 'succeeded' | 'failed' | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly after?: string | undefined
}

interface Attempt {
  readonly id: string
  readonly at: string
  readonly member: string
  readonly email: string
  readonly address: string | null
  readonly succeeded: boolean
  readonly reason: string | null
}

const pageSize = 50

/**
 * Sign-ins that were tried with the addresses of the tenant's people, the newest first. An address that nobody here has
 * concerns nobody here.
 */
export async function listSignIns({ platform: sql }: Database, unit: UnitOfWork, filter: SignInFilter) {
  const { person, outcome, from, until, after } = filter
  const rows = await sql<Attempt[]>`
    select s.id, s.at, m.member, s.email, s.ip_address as address, s.succeeded, s.reason
    from platform.member m
    join platform."user" u on u.id = m.user_id
    join platform.sign_in_attempt s on s.email = u.email
    where m.tenant = ${unit.tenant}
      ${person === undefined ? sql`` : sql`and m.member = ${person}`}
      ${outcome === undefined ? sql`` : sql`and s.succeeded = ${outcome === 'succeeded'}`}
      ${from === undefined ? sql`` : sql`and s.at >= ${from}`}
      ${until === undefined ? sql`` : sql`and s.at < ${until}`}
      ${after === undefined ? sql`` : sql`and s.id < ${after}`}
    order by s.id desc limit ${pageSize + 1}`
  const page = rows.slice(0, pageSize)
  const names = await namesOf(
    unit,
    page.map(({ member }) => member),
  )
  return {
    items: page.map(({ member, ...attempt }) => ({
      ...attempt,
      person: { id: member, name: names.get(member) ?? null },
    })),
    next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
  }
}
