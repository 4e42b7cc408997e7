import { listRecords, type UnitOfWork } from '../../../../records/index.ts'
import type { Database } from '../../../../database/index.ts'
import type { ListedPerson, PersonState } from '../../../contract/types.ts'
import { accessFacts, type AccessFacts } from './access-facts.ts'

export interface PeopleRequest {
  readonly search?: string | undefined
  readonly state?: PersonState | undefined
  readonly role?: string | undefined
  readonly team?: string | undefined
  /** One person alone. */
  readonly id?: string
  readonly after?: string | undefined
}

interface PeoplePage {
  readonly items: readonly ListedPerson[]
  readonly next: string | null
  readonly total: number
}

const fields = ['name', 'email', 'roles', 'team', 'manager', 'is_active']

/**
 * People with the state of their access, by name. Who they are comes through the one read path, under the rights of
 * the reader; how they sign in, from the platform's own tables.
 */
export async function listPeople(
  database: Database,
  unit: UnitOfWork,
  request: PeopleRequest,
): Promise<PeoplePage> {
  const { tenant, moment } = unit
  const { search, after } = request
  const ofAll =
    request.state === undefined || request.state === 'deactivated'
      ? undefined
      : await accessFacts(database, { tenant, now: moment.now })
  const filter = filterOf(request, ofAll)
  const page = await listRecords(unit, {
    object: 'user',
    fields,
    expand: ['team', 'manager'].filter((name) => unit.rights.object('user').field(name) !== 'hidden'),
    sort: ['name'],
    limit: 50,
    count: true,
    ...(filter === '' ? {} : { filter }),
    ...(search === undefined || search === '' ? {} : { search }),
    ...(after === undefined ? {} : { after }),
  })
  const ids = page.rows.map(({ id }) => id as string)
  const [facts, work] = await Promise.all([
    ofAll ?? accessFacts(database, { tenant, members: ids, now: moment.now }),
    openWork(unit, ids),
  ])
  return {
    items: page.rows.map((row) => {
      const known = facts.get(row.id as string)
      return {
        id: row.id as string,
        version: row.version as number,
        name: String(row.name ?? ''),
        email: String(row.email ?? ''),
        state: stateOf(row.is_active !== false, known),
        roles: (row.roles ?? []) as string[],
        team: named(row.team),
        manager: named(row.manager),
        last_sign_in_at: known?.lastSignInAt ?? null,
        invited_until: known?.canSignIn === true ? null : (known?.invitedUntil ?? null),
        sessions: known?.sessions ?? 0,
        open_work: work.get(row.id as string) ?? 0,
        is_self: row.id === unit.principal.userId,
      }
    }),
    next: page.next,
    total: page.count?.value ?? 0,
  }
}

function stateOf(isActive: boolean, facts: AccessFacts | undefined): PersonState {
  if (!isActive) return 'deactivated'
  if (facts?.isLocked === true) return 'locked'
  if (facts?.canSignIn === true) return 'active'
  return facts?.invitedUntil ? 'invited' : 'none'
}

function filterOf(
  { state, role, team, id }: PeopleRequest,
  facts: ReadonlyMap<string, AccessFacts> | undefined,
): string {
  const parts = [
    ...(id === undefined ? [] : [`record.id == ${JSON.stringify(id)}`]),
    ...(role === undefined ? [] : [`${JSON.stringify(role)} in record.roles`]),
    ...(team === undefined ? [] : [`record.team == ${JSON.stringify(team)}`]),
  ]
  if (state === 'deactivated') parts.push('record.is_active == false')
  else if (state !== undefined && facts !== undefined) {
    parts.push('record.is_active != false')
    // Who has no account at all is in none of the facts.
    const isTold = state !== 'none'
    const ids = [...facts.values()].filter((each) => (stateOf(true, each) === state) === isTold)
    const list = `record.id in [${ids.map(({ member }) => JSON.stringify(member)).join(', ')}]`
    if (isTold && ids.length === 0) parts.push('false')
    else if (ids.length > 0) parts.push(isTold ? list : `!(${list})`)
  }
  return parts.join(' && ')
}

async function openWork(unit: UnitOfWork, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = (await unit.sql.unsafe(
    `select assignee, count(*)::int as count from _work_item
     where completed_at is null and assignee = any($1::uuid[]) group by assignee`,
    [ids as string[]],
    { prepare: true },
  )) as unknown as { assignee: string; count: number }[]
  return new Map(rows.map(({ assignee, count }) => [assignee, count]))
}

function named(value: unknown): { id: string; name: string | null } | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, name } = value as { id: string; name?: string | null }
  return { id, name: name ?? null }
}
