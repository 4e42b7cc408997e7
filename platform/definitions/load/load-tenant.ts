import { join, relative } from 'node:path'
import { PLATFORM_PACKAGE } from '../builtin/documents.ts'
import { fieldTypeRegistry } from '../field-types/registry.ts'
import { buildModel } from '../link/build-model.ts'
import type { PluginVocabulary } from '../link/plugin-vocabulary.ts'
import type { Model, PackageModel } from '../model/model.ts'
import type { Problem } from '../model/problem.ts'
import { suggest } from '../nearest.ts'
import { schemasOf } from '../validate/check-documents.ts'
import { fileProblem } from './file-problem.ts'
import { checkLayers, locateIn, mergeLayers, sourcesOf, stackLayers, type Layers } from './layers.ts'
import { PROJECT_FILE, type Project } from './load-project.ts'
import { orderPackages } from './order-packages.ts'
import { readKinds, type PackageSource } from './package-source.ts'

export interface TenantLoad {
  /** Present where nothing is wrong but, perhaps, warnings. */
  readonly model?: Model
  readonly problems: readonly Problem[]
  /** For `explainValue`. */
  readonly layers: Layers
}

/** Stacks the packages of a tenant, merges them and builds the Model; reports everything that is wrong. */
export function loadTenant({
  project,
  tenant: name,
  plugins = {},
}: {
  project: Project
  tenant: string
  plugins?: PluginVocabulary
}): TenantLoad {
  const tenant = project.tenants.get(name)
  if (tenant === undefined) {
    const words = {
      code: 'unknown_tenant',
      message: `There is no tenant "${name}".`,
      remedy: suggest(name, project.tenants.keys(), 'Known tenants'),
    }
    return { problems: [...project.problems, fileProblem(PROJECT_FILE, words)], layers: stackLayers([]) }
  }
  const { packages, problems: disorder } = orderPackages(tenant.packages, {
    available: project.packages,
    projectFile: PROJECT_FILE,
  })
  const layers = stackLayers([platformPackage(project.folder), ...packages])
  const inFiles = [...project.problems, ...disorder, ...packages.flatMap(({ problems }) => problems)]
  const inLayers = checkLayers(layers, schemasOf(fieldTypeRegistry(plugins.fieldTypes)))
  // With a file that could not be read, every reference to its document would be reported as well.
  const isLinkable = !inFiles.some(({ severity }) => severity === 'error')
  const { model, problems } = buildModel({
    isLinked: isLinkable,
    documents: mergeLayers(layers),
    settings: tenant.settings,
    packages: packages.map(({ name: packageName, version, label }): PackageModel => ({
      name: packageName,
      version,
      label,
    })),
    plugins,
    sources: sourcesOf(layers),
    locate: locateIn(layers),
  })
  const all = inFileOrder([...inFiles, ...inLayers, ...problems])
  const isSound = isLinkable && !all.some(({ severity }) => severity === 'error')
  return { ...(isSound && model !== undefined ? { model } : {}), problems: all, layers }
}

/** What the platform declares itself, as the lowest layer. */
function platformPackage(base: string): PackageSource {
  const folder = join(import.meta.dirname, '..', 'builtin')
  const problems: Problem[] = []
  const unreadable = new Set<string>()
  const documents = readKinds({ folder, name: PLATFORM_PACKAGE, base, problems, unreadable })
  if (problems.length > 0)
    throw new Error(
      `The platform's own declarations in ${relative(base, folder)} are broken: ${problems[0]?.message}`,
    )
  return {
    name: PLATFORM_PACKAGE,
    version: '1.0.0',
    label: undefined,
    needs: {},
    manifest: undefined,
    documents,
    unreadable,
    problems,
  }
}

/** By file and line; a fault of a lower layer that shows in the merged document again is left out. */
function inFileOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  const once = problems.filter(({ place, message }) => {
    const key = `${place.file}:${place.line}:${place.column} ${place.pointer} ${message}`
    return !seen.has(key) && seen.add(key)
  })
  return once.sort(({ place: left }, { place: right }) => {
    if (left.file !== right.file) return left.file < right.file ? -1 : 1
    return left.line - right.line || left.column - right.column
  })
}
