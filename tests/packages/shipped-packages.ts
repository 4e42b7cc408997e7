import { join } from 'node:path'
import { loadProject } from '../../platform/definitions/load/load-project.ts'
import { loadTenant, type TenantLoad } from '../../platform/definitions/load/load-tenant.ts'
import type { Model } from '../../platform/definitions/model/model.ts'

export const repository = join(import.meta.dirname, '../..')

/** The shipped packages as the project at the root of the repository loads them. */
export function loadShipped(): TenantLoad {
  const project = loadProject({ folder: repository, shippedFolder: repository })
  return loadTenant({ project, tenant: 'main' })
}

/** @throws Error that lists what is wrong with the packages */
export function shippedModel(): Model {
  const { model, problems } = loadShipped()
  if (model === undefined)
    throw new Error(problems.map(({ place, message }) => `${place.file}:${place.line} ${message}`).join('\n'))
  return model
}
