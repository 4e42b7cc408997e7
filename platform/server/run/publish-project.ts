import type { Database } from '../../database/index.ts'
import {
  describeProblem,
  loadProject,
  loadTenant,
  type LocalText,
  type Project,
} from '../../definitions/index.ts'
import { PublishRefused, publishModel } from '../../publishing/index.ts'

/** The folder that holds the packages which ship with the platform. */
export const shippedFolder = new URL('../../..', import.meta.url).pathname

export interface Publication {
  readonly tenants: readonly string[]
  readonly project: Project
  /** Whether nothing at all had been published before. */
  readonly isFirst: boolean
}

/**
 * Publishes the declarations of the project to each of its tenants, where they changed. A tenant whose declarations
 * have faults, or whose change needs a consent, goes on with what is published; what is wrong is printed.
 * @throws when a tenant has faults and nothing published to go on with
 */
export async function publishProject({
  database,
  folder,
  print,
}: {
  database: Database
  folder: string
  print(line: string): void
}): Promise<Publication> {
  const project = loadProject({ folder, shippedFolder })
  const errors = project.problems.filter(({ severity }) => severity === 'error')
  if (project.tenants.size === 0) throw new Error(errors.map(describeProblem).join('\n'))
  const served = new Set((await publishedTenants(database)).map(({ name }) => name))
  const isFirst = served.size === 0
  for (const tenant of project.tenants.values()) {
    const { model, problems } = loadTenant({ project, tenant: tenant.name })
    for (const problem of problems) if (problem.severity === 'error') print(describeProblem(problem))
    if (model === undefined) {
      if (!served.has(tenant.name))
        throw new Error(`The declarations of the tenant "${tenant.name}" have faults; nothing was published.`)
      print(`The tenant "${tenant.name}" goes on with what is published until the faults are mended.`)
      continue
    }
    try {
      const { version, isNew } = await publishModel({
        database,
        tenant: tenant.name,
        model,
        label: plainLabel(tenant.label, tenant.settings.locale),
        // Nobody works here yet while the server starts.
        settleMs: 0,
      })
      if (isNew) print(`Published version ${version} of the tenant "${tenant.name}".`)
    } catch (error) {
      if (!(error instanceof PublishRefused) || !served.has(tenant.name)) throw error
      print(`The tenant "${tenant.name}" goes on with what is published: ${error.message}`)
    }
  }
  return { tenants: [...project.tenants.keys()], project, isFirst }
}

/** The tenants that have something to serve. */
export async function publishedTenants({ platform: sql }: Database): Promise<readonly { name: string }[]> {
  return sql<{ name: string }[]>`
    select name from platform.tenant where active_version is not null order by created_at, name`
}

function plainLabel(label: LocalText, locale: string): string {
  return typeof label === 'string' ? label : (label[locale] ?? label.en ?? Object.values(label)[0] ?? '')
}
