import type { Database } from '../../database/index.ts'
import type { Problem } from '../../definitions/index.ts'
import { loadDeclarations, type ProjectTenant } from '../project/project-work.ts'
import { compareDocuments, type DocumentChange } from './compare-documents.ts'
import { parseVersion } from './version-document.ts'
import { activeVersion, readVersion } from './versions.ts'

/** What differs between the declarations of two versions. @throws when one of them does not exist */
export async function compareVersions(
  { platform }: Pick<Database, 'platform'>,
  { tenant, from, to }: { tenant: string; from: number; to: number },
): Promise<DocumentChange[]> {
  const [before, after] = await Promise.all([
    readVersion(platform, tenant, from),
    readVersion(platform, tenant, to),
  ])
  return compareDocuments(parseVersion(before.documents).documents, parseVersion(after.documents).documents)
}

/**
 * What differs between a version (the one that is served, if not said) and the files; no changes are given where
 * the check of the files finds an error.
 */
export async function compareWithFiles({
  database,
  from,
  ...source
}: ProjectTenant & { database: Pick<Database, 'platform'>; from?: number }): Promise<{
  problems: readonly Problem[]
  changes?: DocumentChange[]
}> {
  const { platform } = database
  const { tenant } = source
  const { model, problems } = loadDeclarations(source)
  if (model === undefined) return { problems }
  const version =
    from === undefined ? await activeVersion(platform, tenant) : await readVersion(platform, tenant, from)
  const before = version === undefined ? {} : parseVersion(version.documents).documents
  return { problems, changes: compareDocuments(before, model.documents) }
}
