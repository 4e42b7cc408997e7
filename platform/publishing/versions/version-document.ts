import type {
  DocumentSet,
  Model,
  PackageModel,
  Sources,
  TenantSettings,
} from '../../definitions/model/model.ts'

/** What is kept of the declarations of a version: enough to build its Model at any time. */
export interface VersionDocument {
  readonly format: 1
  readonly settings: TenantSettings
  readonly packages: readonly PackageModel[]
  readonly documents: DocumentSet
  /** Absent in versions published before it was kept. */
  readonly sources?: Sources
}

/** The text of a version. Key order is kept: it is entry order in machines. */
export function versionText({ settings, packages, documents, sources }: Model): string {
  const document: VersionDocument = { format: 1, settings, packages, documents, sources }
  return JSON.stringify(document)
}

/** @throws when the text is of a format that this version of the platform does not know */
export function parseVersion(text: string): VersionDocument {
  const document = JSON.parse(text) as { format?: unknown }
  if (document.format !== 1)
    throw new Error(
      `The published version has the format ${String(document.format)}; this platform reads format 1.`,
    )
  return document as VersionDocument
}
