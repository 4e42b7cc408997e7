import type { PluginVocabulary } from '../../definitions/index.ts'
import { publishModel, type PublishOptions, type PublishResult } from '../apply/publish-model.ts'
import { modelOfVersion } from './version-model.ts'
import { readVersion } from './versions.ts'

export interface RollbackOptions extends Omit<PublishOptions, 'model' | 'backTo' | 'label'> {
  /** The version whose declarations come back. */
  readonly to: number
  readonly plugins?: PluginVocabulary
}

/**
 * Publishes the declarations of an earlier version again, as a new version: the history only grows. What was
 * renamed since is renamed back, what was retired since returns with its values, and what is new since retires,
 * with consent where it holds values.
 * @throws when there is no such version; PublishRefused as publishing does
 */
export async function rollback({ to, plugins, note, ...options }: RollbackOptions): Promise<PublishResult> {
  const { database, tenant } = options
  const version = await readVersion(database.platform, tenant, to)
  const model = modelOfVersion({ tenant, ...version, plugins })
  return publishModel({ ...options, model, backTo: to, note: note ?? `Back to version ${to}` })
}
