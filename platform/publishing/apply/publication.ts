import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import { linkProcess, type NamesSince } from '../../definitions/index.ts'
import { schemaOf } from '../../database/index.ts'
import { describe } from '../spec/describe.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import { versionText } from '../versions/version-document.ts'

/** What publishing takes from a Model. */
export interface Publication {
  readonly hash: string
  readonly documents: string
  readonly spec: SchemaSpec
  /** Every process in its present text: instances are pinned to its hash. */
  readonly definitions: readonly ProcessModel[]
  /** Why an earlier text of a process could not go on with this Model; nothing where it could. */
  faultsOfPinned(text: string, names: NamesSince): readonly string[]
}

export function publicationOf(tenant: string, model: Model): Publication {
  return {
    hash: model.hash,
    documents: versionText(model),
    spec: describe(model, schemaOf(tenant)),
    definitions: [...model.processes.values()],
    faultsOfPinned(text, names) {
      const linked = linkProcess(JSON.parse(text) as Record<string, unknown>, model, names)
      return 'process' in linked ? [] : linked.problems.map(({ message }) => message)
    },
  }
}
