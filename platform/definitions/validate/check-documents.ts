import type { FieldTypeRegistry } from '../field-types/registry.ts'
import type { DocumentSet, KindName } from '../model/model.ts'
import { kinds } from '../kinds/registry.ts'
import type { ProblemList } from '../model/problem-list.ts'
import { assembleSchemas, type SchemaSet } from '../schemas/assemble.ts'
import { checkAgainstSchema } from './schema-walk.ts'

/** Checks every document against the schema of its kind, and that it bears the name under which it is filed. */
export function checkDocuments(
  documents: DocumentSet,
  { registry, problems }: { registry: FieldTypeRegistry; problems: ProblemList },
): void {
  const schemas = schemasOf(registry)
  for (const { name: kind } of kinds)
    for (const [name, document] of Object.entries(documents[kind]))
      checkDocument({ kind, name, document }, { schemas, problems })
}

export function checkDocument(
  { kind, name, document }: { kind: KindName; name: string; document: unknown },
  { schemas, problems }: { schemas: SchemaSet; problems: ProblemList },
): void {
  for (const { path, ...fault } of checkAgainstSchema(document, { schemas, file: `${kind}.json` }))
    problems.error({ at: { kind, name, path, ...(fault.isKey ? { isKey: true } : {}) }, ...fault })
  const given = (document as { name?: unknown } | null)?.name
  if (typeof given === 'string' && given !== name)
    problems.error({
      at: { kind, name, path: ['name'] },
      code: 'name',
      message: `The document is filed as "${name}" and calls itself "${given}".`,
      remedy: 'Make the file name and the name the same.',
    })
}

const assembled = new WeakMap<FieldTypeRegistry, SchemaSet>()

/** The schemas for a registry of field types, assembled once. */
export function schemasOf(registry: FieldTypeRegistry): SchemaSet {
  let schemas = assembled.get(registry)
  if (schemas === undefined) assembled.set(registry, (schemas = assembleSchemas(registry)))
  return schemas
}
