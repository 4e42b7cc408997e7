import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { LocalText, TenantSettings } from '../model/model.ts'
import type { Problem } from '../model/problem.ts'
import { fileProblem, schemaProblems, sourceProblem } from './file-problem.ts'
import { manifestSchemas, readPackage, type PackageSource } from './package-source.ts'
import { readSource, type Source } from './source.ts'

export const PROJECT_FILE = 'tessera.project.json'

/** A tenant as the project file declares it. */
export interface TenantDeclaration {
  readonly name: string
  readonly label: LocalText
  readonly settings: TenantSettings
  /** As listed; loading adds what they need. */
  readonly packages: readonly string[]
}

/** A project folder with the packages of its own and those that are shipped. */
export interface Project {
  readonly folder: string
  readonly tenants: ReadonlyMap<string, TenantDeclaration>
  /** Every package that was found, whether a tenant uses it or not. */
  readonly packages: ReadonlyMap<string, PackageSource>
  /** Faults of the project file and of its packages' folders; those inside packages come with the tenants. */
  readonly problems: readonly Problem[]
}

/** Reads the project file and finds the packages of the project and of the folder that ships with the platform. */
export function loadProject({ folder, shippedFolder }: { folder: string; shippedFolder: string }): Project {
  const problems: Problem[] = []
  const base = resolve(folder)
  const packages = findPackages({ roots: uniqueRoots([shippedFolder, folder]), base, problems })
  const source = readProjectFile(base, problems)
  return {
    folder: base,
    tenants: source === undefined ? new Map() : tenantsOf(source, problems),
    packages,
    problems,
  }
}

function readProjectFile(base: string, problems: Problem[]): Source | undefined {
  const path = join(base, PROJECT_FILE)
  if (!existsSync(path)) {
    problems.push(
      fileProblem(PROJECT_FILE, {
        code: 'missing_project',
        message: `There is no ${PROJECT_FILE} in ${base}.`,
        remedy:
          'Run the command in a project folder, name one with --project, or make one with "tessera new".',
      }),
    )
    return undefined
  }
  const source = readSource({ path, file: PROJECT_FILE, package: '' })
  if ('problems' in source) {
    problems.push(...source.problems)
    return undefined
  }
  const faults = schemaProblems(source, { schemas: manifestSchemas, schema: 'project.json' })
  problems.push(...faults)
  return faults.length === 0 ? source : undefined
}

interface DeclaredTenant {
  readonly label?: LocalText
  readonly packages: readonly string[]
  readonly currency?: string
  readonly time_zone?: string
  readonly locale?: 'en' | 'zh-CN'
}

function tenantsOf(source: Source, problems: Problem[]): Map<string, TenantDeclaration> {
  const currencies = new Set(Intl.supportedValuesOf('currency'))
  const tenants = new Map<string, TenantDeclaration>()
  for (const [name, declared] of Object.entries(source.value.tenants as Record<string, DeclaredTenant>)) {
    const { currency = 'USD', time_zone: timeZone = 'UTC', locale = 'en' } = declared
    if (!currencies.has(currency))
      problems.push(
        sourceProblem(source, {
          path: ['tenants', name, 'currency'],
          code: 'currency',
          message: `There is no currency "${currency}".`,
          remedy: 'Use an ISO 4217 code such as EUR.',
        }),
      )
    if (!isTimeZone(timeZone))
      problems.push(
        sourceProblem(source, {
          path: ['tenants', name, 'time_zone'],
          code: 'time_zone',
          message: `There is no time zone "${timeZone}".`,
          remedy: 'Use an IANA name such as Asia/Shanghai.',
        }),
      )
    tenants.set(name, {
      name,
      label: declared.label ?? name,
      settings: { currency, timeZone, locale },
      packages: declared.packages,
    })
  }
  return tenants
}

function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** The platform's own folder may be the project itself. */
function uniqueRoots(roots: readonly string[]): string[] {
  return [...new Set(roots.filter((root) => existsSync(root)).map((root) => realpathSync(root)))]
}

function findPackages({
  roots,
  base,
  problems,
}: {
  roots: readonly string[]
  base: string
  problems: Problem[]
}): Map<string, PackageSource> {
  const packages = new Map<string, PackageSource>()
  for (const root of roots) {
    const names = new Set(['metadata', 'workflows'].flatMap((part) => foldersIn(join(root, part))))
    for (const name of [...names].sort()) {
      const found = readPackage({ root, name, base })
      if (packages.has(name))
        problems.push(
          fileProblem(relative(base, join(root, 'metadata', name)), {
            code: 'duplicate_package',
            message: `There is a second package "${name}".`,
            remedy: 'Give yours another name; to change a shipped one, overlay its documents.',
          }),
        )
      else packages.set(name, found)
    }
  }
  return packages
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(
    (entry) => !entry.startsWith('.') && statSync(join(folder, entry)).isDirectory(),
  )
}
