import { builtinDocuments } from '../builtin/documents.ts'
import { kinds } from '../kinds/registry.ts'
import type { DocumentSet, KindName } from '../model/model.ts'

type Document = Readonly<Record<string, unknown>>

export type GivenDocuments = Readonly<Partial<Record<KindName, Readonly<Record<string, Document>>>>>

/**
 * The documents with every kind, names in alphabetical order, the platform's own documents where they are missing, and
 * without `$schema`, which is for editors. Key order inside documents is kept.
 */
export function completeDocuments(given: GivenDocuments): DocumentSet {
  const complete = {} as Record<KindName, Record<string, Document>>
  for (const { name: kind } of kinds) {
    const own = Object.fromEntries(
      builtinDocuments.filter((entry) => entry.kind === kind).map(({ name, document }) => [name, document]),
    )
    const all = Object.entries({ ...own, ...given[kind] }).sort(([left], [right]) => (left < right ? -1 : 1))
    complete[kind] = Object.fromEntries(all.map(([name, document]) => [name, withoutSchema(document)]))
  }
  return complete
}

function withoutSchema(document: Document): Document {
  const { $schema: _schema, ...rest } = document
  return rest
}
