import type { Problem } from '../model/problem.ts'
import { suggest } from '../nearest.ts'
import { fileProblem, sourceProblem } from './file-problem.ts'
import type { PackageSource } from './package-source.ts'

/**
 * The packages of a tenant, each after those that it needs, else in the order of the list. Packages that are needed
 * and not listed come along. Reports those that do not exist, are too old, or need each other in a circle.
 */
export function orderPackages(
  listed: readonly string[],
  { available, projectFile }: { available: ReadonlyMap<string, PackageSource>; projectFile: string },
): { packages: PackageSource[]; problems: Problem[] } {
  const ordered: PackageSource[] = []
  const problems: Problem[] = []
  const open: string[] = []
  const visit = (found: PackageSource) => {
    if (ordered.includes(found)) return
    open.push(found.name)
    for (const [name, version] of Object.entries(found.needs)) {
      const needed = available.get(name)
      if (needed !== undefined && open.includes(name)) {
        problems.push(circleProblem(found, [...open.slice(open.indexOf(name)), name]))
        continue
      }
      if (needed !== undefined && isEnough(needed.version, version)) visit(needed)
      else problems.push(needProblem(found, { name, version, needed, known: available.keys() }))
    }
    open.pop()
    ordered.push(found)
  }
  for (const name of listed) {
    const found = available.get(name)
    if (found !== undefined) visit(found)
    else
      problems.push(
        fileProblem(projectFile, {
          code: 'unknown_package',
          message: `There is no package "${name}".`,
          remedy: suggest(name, available.keys(), 'Known packages'),
        }),
      )
  }
  return { packages: ordered, problems }
}

/** Whether a version satisfies `1.2.0` (at least) or `^1.2.0` (at least, and of the same major, as in semver). */
function isEnough(version: string, needed: string): boolean {
  const least = partsOf(needed.replace('^', ''))
  const actual = partsOf(version)
  const difference = actual.map((part, at) => part - (least[at] as number)).find((part) => part !== 0) ?? 0
  if (difference < 0) return false
  if (!needed.startsWith('^')) return true
  // Below 1.0.0 the minor number plays the part of the major one.
  return actual[0] === least[0] && (actual[0] !== 0 || actual[1] === least[1])
}

function partsOf(version: string): number[] {
  return version.split('.').map(Number)
}

interface Need {
  readonly name: string
  readonly version: string
  readonly needed: PackageSource | undefined
  readonly known: Iterable<string>
}

function needProblem(found: PackageSource, { name, version, needed, known }: Need): Problem {
  const words =
    needed === undefined
      ? {
          code: 'unknown_package',
          message: `"${found.name}" needs the package "${name}", which is not there.`,
          remedy: suggest(name, known, 'Known packages'),
        }
      : {
          code: 'package_version',
          message: `"${found.name}" needs "${name}" ${version}; there is ${needed.version}.`,
          remedy: `Install a fitting version of "${name}".`,
        }
  return problemOf(found, words, ['needs', name])
}

function circleProblem(found: PackageSource, circle: readonly string[]): Problem {
  const message = `Packages need each other: ${circle.join(' -> ')}.`
  return problemOf(found, { code: 'package_circle', message, remedy: 'Remove one of the needs.' }, [
    'needs',
    circle.at(-1) as string,
  ])
}

function problemOf(
  found: PackageSource,
  words: Pick<Problem, 'code' | 'message' | 'remedy'>,
  path: string[],
): Problem {
  if (found.manifest === undefined) return fileProblem(`metadata/${found.name}`, words)
  return sourceProblem(found.manifest, { path, ...words })
}
