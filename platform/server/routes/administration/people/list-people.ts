import { listRecords, type RecordValues, type UnitOfWork } from '../../../../records/index.ts'
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
  /** null where it would take a look at everybody. */
  readonly total: number | null
}

const fields = ['name', 'email', 'roles', 'team', 'manager', 'is_active']
const pageSize = 50
/** A blank is as good as yes, as it is for signing in. */
export const activePeople = '(record.is_active == null || record.is_active)'
/** How many people one request looks through for those in a state that no column tells. */
const mostScanned = 2_000
const scanned = 200

/**
 * People with the state of their access, by name. Who they are comes through the one read path, under the rights of
 * the reader; how they sign in, from the platform's own tables.
 */
export function listPeople(
  database: Database,
  unit: UnitOfWork,
  request: PeopleRequest,
): Promise<PeoplePage> {
  const { state } = request
  const isTold = state === undefined || state === 'deactivated'
  return isTold ? readPage(database, unit, request) : findInState(database, unit, request)
}

async function readPage(
  database: Database,
  unit: UnitOfWork,
  request: PeopleRequest & { limit?: number },
): Promise<PeoplePage> {
  const { search, after, limit = pageSize } = request
  const filter = filterOf(request)
  const page = await listRecords(unit, {
    object: 'user',
    fields,
    expand: ['team', 'manager'].filter((name) => unit.rights.object('user').field(name) !== 'hidden'),
    sort: ['name'],
    limit,
    count: true,
    ...(filter === '' ? {} : { filter }),
    ...(search === undefined || search === '' ? {} : { search }),
    ...(after === undefined ? {} : { after }),
  })
  const ids = page.rows.map(({ id }) => id as string)
  const [facts, work] = await Promise.all([
    accessFacts(database, { tenant: unit.tenant, members: ids, now: unit.moment.now }),
    openWork(unit, ids),
  ])
  return {
    items: page.rows.map((row) => present(unit, { row, facts: facts.get(row.id as string), work })),
    next: page.next,
    total: page.count?.value ?? null,
  }
}

/**
 * Goes through people until a page of those in the state is full. Their number is known only where one look went
 * through all.
 */
async function findInState(
  database: Database,
  unit: UnitOfWork,
  request: PeopleRequest,
): Promise<PeoplePage> {
  const items: ListedPerson[] = []
  let after = request.after
  for (let seen = 0; seen < mostScanned; seen += scanned) {
    const page = await readPage(database, unit, { ...request, after, limit: scanned })
    items.push(...page.items.filter(({ state }) => state === request.state))
    if (page.next === null)
      return { items, next: null, total: request.after === undefined ? items.length : null }
    after = page.next
    if (items.length >= pageSize) break
  }
  return { items, next: after ?? null, total: null }
}

function present(
  unit: UnitOfWork,
  options: { row: RecordValues; facts: AccessFacts | undefined; work: ReadonlyMap<string, number> },
): ListedPerson {
  const { row, facts, work } = options
  const id = row.id as string
  return {
    id,
    version: row.version as number,
    name: String(row.name ?? ''),
    email: String(row.email ?? ''),
    state: stateOf(row.is_active !== false, facts),
    roles: (row.roles ?? []) as string[],
    team: named(row.team),
    manager: named(row.manager),
    last_sign_in_at: facts?.lastSignInAt ?? null,
    invited_until: facts?.canSignIn === true ? null : (facts?.invitedUntil ?? null),
    sessions: facts?.sessions ?? 0,
    open_work: work.get(id) ?? 0,
    is_self: id === unit.principal.userId,
  }
}

function stateOf(isActive: boolean, facts: AccessFacts | undefined): PersonState {
  if (!isActive) return 'deactivated'
  if (facts?.isLocked === true) return 'locked'
  if (facts?.canSignIn === true) return 'active'
  return facts?.invitedUntil ? 'invited' : 'none'
}

function filterOf({ state, role, team, id }: PeopleRequest): string {
  const text = JSON.stringify
  return [
    ...(id === undefined ? [] : [`record.id == ${text(id)}`]),
    ...(role === undefined ? [] : [`${text(role)} in record.roles`]),
    ...(team === undefined ? [] : [`record.team == ${text(team)}`]),
    ...(state === undefined ? [] : [state === 'deactivated' ? 'record.is_active == false' : activePeople]),
  ].join(' && ')
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
