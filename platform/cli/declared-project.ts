import { resolve } from 'node:path'
import {
  loadProject,
  loadTenant,
  type PluginVocabulary,
  type Project,
  type TenantLoad,
} from '../definitions/index.ts'
import { loadPlugins } from '../extension/load-plugins.ts'
import { UsageError, type Invocation } from './command.ts'
import { shippedFolder } from './shipped-folder.ts'

/** Options of the commands that read declarations and need no database. */
export const projectOptions = {
  project: { type: 'string', default: '.' },
  tenant: { type: 'string' },
} as const

/** The project of the command line, with what its plugins add to the vocabulary. */
export interface DeclaredProject {
  readonly project: Project
  load(tenant: string): TenantLoad
}

/** Reads the project folder and its plugins. */
export async function readProject(options: Invocation['options']): Promise<DeclaredProject> {
  const folder = resolve(String(options.project))
  const project = loadProject({ folder, shippedFolder })
  const plugins = await vocabularyIn(folder)
  return { project, load: (tenant) => loadTenant({ project, tenant, plugins }) }
}

/** The tenant that `--tenant` names, or the only one. */
export function oneTenant({ project }: DeclaredProject, given: Invocation['options'][string]): string {
  if (typeof given === 'string') return given
  const names = [...project.tenants.keys()]
  const [only] = names
  if (only === undefined) throw new Error(project.problems[0]?.message ?? 'The project declares no tenant.')
  if (names.length > 1) throw new UsageError(`Say which tenant with --tenant: ${names.join(', ')}.`)
  return only
}

/** What the plugins add; without any, the records and processes that they would work on need not be loaded. */
export async function vocabularyIn(folder: string): Promise<PluginVocabulary> {
  const plugins = await loadPlugins(folder)
  if (plugins.length === 0) return {}
  const { pluginHost } = await import('../extension/plugin-host.ts')
  return pluginHost(plugins).vocabulary
}
