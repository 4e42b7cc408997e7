import { resolve } from 'node:path'
import { migratePlatform, openDatabase, type Database } from '../database/index.ts'
import type { PluginVocabulary } from '../definitions/index.ts'
import { projectTenants } from '../publishing/index.ts'
import { UsageError, type Invocation } from './command.ts'
import { vocabularyIn } from './declared-project.ts'
import { shippedFolder } from './shipped-folder.ts'

export { shippedFolder }

/** Options of the commands that work on one tenant of a project. */
export const tenantOptions = {
  project: { type: 'string', default: '.' },
  tenant: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

export const tenantOptionsHelp = [
  '  --project FOLDER   the folder with your declarations (default: here)',
  '  --tenant NAME      the tenant; may be left out where the project declares one alone',
  '  --json             prints the result as JSON',
].join('\n')

export interface TenantWork {
  readonly database: Database
  readonly folder: string
  readonly tenant: string
  /** What the plugins of the project add. */
  readonly plugins: PluginVocabulary
}

/** Opens the database of the project, migrates the platform's tables, and closes it when the work is done. */
export async function withDatabase<T>(
  { options, environment, print }: Pick<Invocation, 'options' | 'environment' | 'print'>,
  work: (work: TenantWork) => Promise<T>,
): Promise<T> {
  const folder = resolve(String(options.project))
  const tenant = tenantOf(folder, options.tenant)
  const plugins = await vocabularyIn(folder)
  const report = options.json === true ? () => undefined : print
  const database = await openDatabase({ url: environment.DATABASE_URL, project: folder, report })
  try {
    await migratePlatform(database)
    return await work({ database, folder, tenant, plugins })
  } finally {
    await database.close()
  }
}

function tenantOf(folder: string, given: Invocation['options'][string]): string {
  if (typeof given === 'string') return given
  const { names, problems } = projectTenants({ folder, shippedFolder })
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return only
  if (only === undefined)
    throw new Error(problems[0]?.message ?? `The project in ${folder} declares no tenant.`)
  throw new UsageError(`Say which tenant with --tenant: ${names.join(', ')}.`)
}
