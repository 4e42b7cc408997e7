import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { ListedPeople, ListedPerson, RecordData, RecordPage } from '#lib/shared/api/types.ts'

export interface Team {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly parent: string | undefined
  readonly members: readonly ListedPerson[]
  readonly total: number
}

/** Teams with the people who are in them. */
export class TeamsState {
  items = $state.raw<readonly Team[]>([])
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  async load(): Promise<void> {
    try {
      const { rows } = await api.post<RecordPage>('/records/team/query', {
        fields: ['name', 'parent'],
        expand: ['parent'],
        sort: ['name'],
        limit: 200,
      })
      this.items = await Promise.all(rows.map((row) => teamOf(row)))
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  async rename({ id, version }: Team, name: string): Promise<void> {
    await api.patch(`/records/team/${id}`, { name, version })
    await this.load()
  }

  /** Moves a person into a team; out of every team without one. */
  async move(person: string, team: string | null): Promise<void> {
    await api.patch(`/records/user/${person}`, { team })
    await this.load()
  }
}

async function teamOf(row: RecordData): Promise<Team> {
  const { items, total } = await api.get<ListedPeople>('/administration/people', { team: row.id })
  const parent = row.parent as { name?: string | null } | null
  return {
    id: row.id,
    version: row.version,
    name: String(row.name ?? ''),
    parent: parent?.name ?? undefined,
    members: items,
    total: total ?? items.length,
  }
}
