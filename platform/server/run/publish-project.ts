import type { Database } from '../../database/index.ts'
import { describeProblem, type PluginVocabulary } from '../../definitions/index.ts'
import { fillSearch } from '../../records/index.ts'
import { projectTenants, publishProject, watchProject, type Watching } from '../../publishing/index.ts'

export interface Declarations {
  readonly database: Database
  /** The project folder. */
  readonly folder: string
  /** The folder whose packages ship with the platform. */
  readonly shippedFolder: string
  readonly plugins: PluginVocabulary
  print(line: string): void
}

/**
 * Publishes the declarations of the project's tenants that have nothing published yet.
 * @returns the names of those tenants
 * @throws when the declarations of one have faults: there is nothing to go on with
 */
export async function publishFirst(declarations: Declarations): Promise<readonly string[]> {
  const { database, print } = declarations
  const served = new Set((await publishedTenants(database)).map(({ name }) => name))
  const { names, problems } = projectTenants(declarations)
  if (names.length === 0 && served.size === 0) throw new Error(problems.map(describeProblem).join('\n'))
  const first = names.filter((name) => !served.has(name))
  for (const tenant of first) {
    // Nobody works here yet, so nothing has to settle.
    const { problems: found, result } = await publishProject({ ...declarations, tenant, settleMs: 0 })
    for (const problem of found) print(describeProblem(problem))
    if (result === undefined)
      throw new Error(`The declarations of "${tenant}" have faults; nothing was published.`)
    print(`${tenant}: version ${result.version} is served.`)
  }
  return first
}

/** Development: what is saved and passes the check is published, from now on. Resolves when it has been done once. */
export async function publishOnSave(declarations: Declarations): Promise<Watching> {
  const { database } = declarations
  const watching = watchProject({
    ...declarations,
    fillSearch: (object, tenant) => fillSearch({ database, tenant }, object),
  })
  await watching.isReady
  return watching
}

/** The tenants that have something to serve. */
export async function publishedTenants({ platform: sql }: Database): Promise<readonly { name: string }[]> {
  return sql<{ name: string }[]>`
    select name from platform.tenant where active_version is not null order by created_at, name`
}
