import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fieldTypeRegistry } from '../field-types/registry.ts'
import { kinds } from '../kinds/registry.ts'
import type { KindName, LocalText } from '../model/model.ts'
import type { Problem } from '../model/problem.ts'
import { suggest } from '../nearest.ts'
import { assembleSchemas } from '../schemas/assemble.ts'
import { fileProblem, schemaProblems } from './file-problem.ts'
import { readSource, type Source } from './source.ts'

/** A package of declarations as it lies in the files. */
export interface PackageSource {
  readonly name: string
  readonly version: string
  readonly label: LocalText | undefined
  readonly needs: Readonly<Record<string, string>>
  readonly manifest: Source | undefined
  readonly documents: readonly DocumentSource[]
  /** Documents (`object/account`) whose files could not be read. */
  readonly unreadable: ReadonlySet<string>
  /** Faults of its files by themselves. */
  readonly problems: readonly Problem[]
}

export interface DocumentSource {
  readonly kind: KindName
  readonly name: string
  readonly source: Source
}

/** Schemas of manifests; the field types play no part in them. */
export const manifestSchemas = assembleSchemas(fieldTypeRegistry())

/** Reads `metadata/<name>` and `workflows/<name>` beneath a root. @param base the folder to which file names are relative */
export function readPackage({
  root,
  name,
  base,
}: {
  root: string
  name: string
  base: string
}): PackageSource {
  const problems: Problem[] = []
  const unreadable = new Set<string>()
  const folder = join(root, 'metadata', name)
  const manifest = readManifest({ folder, name, base, problems, unreadable })
  const documents = readKinds({ folder, name, base, problems, unreadable })
  const workflows = join(root, 'workflows', name)
  if (existsSync(workflows))
    documents.push(...readFolder({ folder: workflows, kind: 'process', name, base, problems, unreadable }))
  const {
    version = '0.0.0',
    label,
    needs = {},
  } = (manifest?.value ?? {}) as { version?: string; label?: LocalText; needs?: Record<string, string> }
  return { name, version, label, needs, manifest, documents, unreadable, problems }
}

interface Reading {
  readonly folder: string
  readonly name: string
  readonly base: string
  readonly problems: Problem[]
  readonly unreadable: Set<string>
}

function readManifest({ folder, name, base, problems }: Reading): Source | undefined {
  const path = join(folder, 'tessera.json')
  const file = relative(base, path)
  if (!existsSync(path)) {
    problems.push(
      fileProblem(file, {
        code: 'missing_manifest',
        message: `The package "${name}" has no manifest.`,
        remedy: `Add tessera.json: {"name": "${name}", "version": "1.0.0"}.`,
      }),
    )
    return undefined
  }
  const source = readSource({ path, file, package: name })
  if ('problems' in source) {
    problems.push(...source.problems)
    return undefined
  }
  const faults = schemaProblems(source, { schemas: manifestSchemas, schema: 'manifest.json' })
  problems.push(...faults)
  if (typeof source.value.name === 'string' && source.value.name !== name)
    problems.push(
      fileProblem(file, {
        code: 'name',
        message: `The package in the folder "${name}" calls itself "${source.value.name}".`,
        remedy: 'Make the folder and the name the same.',
      }),
    )
  return faults.length === 0 ? source : undefined
}

/** Demonstration data, scenarios and simulations of a package; not declarations. */
const BESIDE: ReadonlySet<string> = new Set(['demo', 'scenarios', 'simulations'])

/** Folders of kinds, beneath metadata/<package> or in the platform's own folder. */
export function readKinds({ folder, name, base, problems, unreadable }: Reading): DocumentSource[] {
  const documents: DocumentSource[] = []
  const plurals = kinds.filter((kind) => kind.name !== 'process').map(({ plural }) => plural)
  for (const entry of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const path = join(folder, entry)
    if (BESIDE.has(entry)) continue
    const kind = kinds.find(({ plural }) => plural === entry)
    if (!statSync(path).isDirectory()) {
      if (entry.endsWith('.json') && entry !== 'tessera.json')
        problems.push(
          fileProblem(relative(base, path), {
            code: 'stray_file',
            message: `"${entry}" lies in no folder of a kind.`,
            remedy: `Move it into one of ${plurals.join(', ')}.`,
          }),
        )
    } else if (kind === undefined || kind.name === 'process')
      problems.push(
        fileProblem(relative(base, path), {
          code: 'unknown_kind',
          message: `"${entry}" is not a kind of declaration here.`,
          remedy:
            entry === 'processes' ? `Processes lie in workflows/${name}.` : suggest(entry, plurals, 'Kinds'),
        }),
      )
    else documents.push(...readFolder({ folder: path, kind: kind.name, name, base, problems, unreadable }))
  }
  return documents
}

function readFolder({
  folder,
  kind,
  name,
  base,
  problems,
  unreadable,
}: Reading & { kind: KindName }): DocumentSource[] {
  return readdirSync(folder)
    .sort()
    .filter((entry) => entry.endsWith('.json'))
    .flatMap((entry) => {
      const path = join(folder, entry)
      const document = basename(entry, '.json')
      const source = readSource({ path, file: relative(base, path), package: name })
      if (!('problems' in source)) return [{ kind, name: document, source }]
      problems.push(...source.problems)
      unreadable.add(`${kind}/${document}`)
      return []
    })
}
