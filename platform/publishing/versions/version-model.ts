import { buildModel, describeProblem, type Model, type PluginVocabulary } from '../../definitions/index.ts'
import { parseVersion } from './version-document.ts'

/**
 * Builds the Model of a published version from its text.
 * @throws when this version of the platform (or of its plugins) no longer accepts the declarations
 */
export function modelOfVersion({
  tenant,
  number,
  documents,
  plugins,
}: {
  tenant: string
  number: number
  documents: string
  plugins?: PluginVocabulary
}): Model {
  const version = parseVersion(documents)
  const { model, problems } = buildModel({ ...version, ...(plugins === undefined ? {} : { plugins }) })
  if (model !== undefined) return model
  const faults = problems.filter(({ severity }) => severity === 'error').map(describeProblem)
  throw new Error(
    `Version ${number} of "${tenant}" was published, but cannot be read any more:\n${faults.join('\n')}`,
  )
}
