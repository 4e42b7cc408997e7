import type { KindName } from './model.ts'
import type { Place, Problem } from './problem.ts'
import { pluralOf } from '../kinds/registry.ts'

/** A value in a merged document. */
export interface Address {
  readonly kind: KindName
  readonly name: string
  readonly path: readonly (string | number)[]
  /** Offset within the text value at the path, such as the position of a fault in an expression. */
  readonly offset?: number
  /** The fault lies in the key (an unknown or ill-named one), not in the value. */
  readonly isKey?: boolean
}

/** Finds where in the files an address was set. */
export type Locate = (address: Address) => Place

export interface Fault {
  readonly at: Address
  readonly code: string
  readonly message: string
  readonly remedy?: string
}

/** Collects what is wrong; one list for a whole check. */
export interface ProblemList {
  readonly problems: readonly Problem[]
  hasErrors(): boolean
  error(fault: Fault): void
  warning(fault: Fault): void
}

export function problemList(locate: Locate = placeWithoutFile): ProblemList {
  const problems: Problem[] = []
  const add = (severity: Problem['severity'], { at, code, message, remedy }: Fault) => {
    problems.push({ severity, code, message, ...(remedy === undefined ? {} : { remedy }), place: locate(at) })
  }
  return {
    problems,
    hasErrors: () => problems.some(({ severity }) => severity === 'error'),
    error: (fault) => add('error', fault),
    warning: (fault) => add('warning', fault),
  }
}

/** The address one or more steps further in. */
export function inside(address: Address, ...steps: (string | number)[]): Address {
  return { kind: address.kind, name: address.name, path: [...address.path, ...steps] }
}

/** JSON Pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** `objects/lead/fields/stage: ...` on one line, with the remedy. */
export function describeProblem({ severity, message, remedy, place }: Problem): string {
  const where = `${place.file}:${place.line}:${place.column} ${place.pointer || '/'}`
  return `${where} ${severity}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`
}

function placeWithoutFile({ kind, name, path }: Address): Place {
  return { file: `${pluralOf(kind)}/${name}.json`, line: 1, column: 1, pointer: pointerOf(path) }
}
