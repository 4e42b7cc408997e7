import type { Database } from '../../database/index.ts'
import { compareDocuments, type DocumentChange } from './compare-documents.ts'
import { parseVersion } from './version-document.ts'
import { readVersion } from './versions.ts'

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
