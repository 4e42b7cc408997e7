import {
  loadProject,
  loadTenant,
  type Model,
  type PluginVocabulary,
  type Problem,
} from '../../definitions/index.ts'
import type { Database } from '../../database/index.ts'
import { publishModel, type PublishOptions, type PublishResult } from '../apply/publish-model.ts'
import { planModel } from '../plan/plan-model.ts'
import type { Plan } from '../plan/plan.ts'

/** Where declarations are read from, and for which tenant. */
export interface ProjectTenant {
  /** The project folder, with `tessera.project.json`. */
  readonly folder: string
  /** The folder whose packages ship with the platform. */
  readonly shippedFolder: string
  readonly tenant: string
  readonly plugins?: PluginVocabulary
}

export interface ProjectPlan {
  /** With an error among them there is no plan. */
  readonly problems: readonly Problem[]
  readonly plan?: Plan
}

export interface ProjectPublish {
  /** With an error among them nothing was published. */
  readonly problems: readonly Problem[]
  readonly result?: PublishResult
}

/** Checks the files of a tenant and plans what publishing them would do. Changes nothing. */
export async function planProject({
  database,
  isRepair,
  ...source
}: ProjectTenant & { database: Database; isRepair?: boolean }): Promise<ProjectPlan> {
  const { model, problems } = loadDeclarations(source)
  if (model === undefined) return { problems }
  return { problems, plan: await planModel({ database, tenant: source.tenant, model, isRepair }) }
}

/**
 * Checks the files of a tenant and publishes them; nothing happens where the check finds an error.
 * @throws PublishRefused as publishing does
 */
export async function publishProject({
  folder,
  shippedFolder,
  plugins,
  ...options
}: ProjectTenant & Omit<PublishOptions, 'model' | 'label'>): Promise<ProjectPublish> {
  const { model, label, problems } = loadDeclarations({
    folder,
    shippedFolder,
    plugins,
    tenant: options.tenant,
  })
  if (model === undefined) return { problems }
  return { problems, result: await publishModel({ ...options, model, label }) }
}

/** The names of the tenants that the project declares, and what is wrong with the project file. */
export function projectTenants(source: Pick<ProjectTenant, 'folder' | 'shippedFolder'>): {
  names: string[]
  problems: readonly Problem[]
} {
  const project = loadProject(source)
  return { names: [...project.tenants.keys()], problems: project.problems }
}

/** The Model of a tenant's files. */
export function loadDeclarations({ folder, shippedFolder, tenant, plugins }: ProjectTenant): {
  model?: Model
  label: string
  problems: readonly Problem[]
} {
  const project = loadProject({ folder, shippedFolder })
  const { model, problems } = loadTenant({ project, tenant, ...(plugins === undefined ? {} : { plugins }) })
  const label = project.tenants.get(tenant)?.label ?? tenant
  const text = typeof label === 'string' ? label : (label.en ?? Object.values(label)[0] ?? tenant)
  return { problems, label: text, ...(model === undefined ? {} : { model }) }
}
