import type { Expression } from '../../../language/types.ts'
import { inside } from '../../model/problem-list.ts'
import type { MigrationModel, ReleaseModel } from '../../model/process-versions.ts'
import { suggest } from '../../nearest.ts'
import { compileCondition, compileValue } from '../compile.ts'
import { checkRelease } from './checks/versions.ts'
import { withDescendants } from './state-node.ts'
import type { MachineLink } from './step-scope.ts'

interface DeclaredRelease {
  readonly share?: number
  readonly from?: string
  readonly when?: string
}

interface DeclaredMigration {
  readonly states?: Readonly<Record<string, string>>
  readonly context?: Readonly<Record<string, string>>
  readonly restart?: Readonly<Record<string, boolean>>
}

/** What is said about the change to this version of a process: for whom it is, and what becomes of earlier records. */
export function linkVersions(link: MachineLink): {
  readonly release: ReleaseModel | undefined
  readonly migration: MigrationModel | undefined
} {
  checkRelease(link)
  return { release: linkRelease(link), migration: linkMigration(link) }
}

function linkRelease({ linkage, process, common }: MachineLink): ReleaseModel | undefined {
  const declared = process.document.release as DeclaredRelease | undefined
  if (declared === undefined) return undefined
  const { share, from, when: text } = declared
  const { record } = common as { record: NonNullable<typeof common.record> }
  const at = inside(process.at, 'release', 'when')
  const when = text === undefined ? undefined : compileCondition(linkage, { at, text, variables: { record } })
  return { share, from, when }
}

function linkMigration(link: MachineLink): MigrationModel | undefined {
  const declared = link.process.document.migration as DeclaredMigration | undefined
  if (declared === undefined) return undefined
  checkStates(link, declared)
  checkRestart(link, declared)
  const { states = {}, restart = {} } = declared
  return {
    states: new Map(Object.entries(states)),
    context: linkContext(link, declared),
    restart: new Set(Object.keys(restart).filter((name) => restart[name])),
  }
}

function checkStates({ linkage, process }: MachineLink, { states = {} }: DeclaredMigration): void {
  const known = new Map([...withDescendants(process.root)].map((node) => [node.path.join('.'), node]))
  for (const [earlier, state] of Object.entries(states)) {
    const at = inside(process.at, 'migration', 'states', earlier)
    const node = known.get(state)
    if (node === undefined)
      linkage.problems.error({
        at,
        code: 'unknown_state',
        message: `There is no state "${state}" in which records in "${earlier}" could go on.`,
        remedy: suggest(state, [...known.keys()].filter(Boolean), 'Known states'),
      })
    else if (node.kind === 'history')
      linkage.problems.error({
        at,
        code: 'history',
        message: `"${state}" remembers a state and is none itself.`,
        remedy: 'Name the state in which records go on.',
      })
  }
}

function checkRestart(
  { linkage, process, invocations }: MachineLink,
  { restart = {} }: DeclaredMigration,
): void {
  for (const name of Object.keys(restart))
    if (!invocations.has(name))
      linkage.problems.error({
        at: inside(process.at, 'migration', 'restart', name),
        code: 'unknown_invocation',
        message: `No state of this process invokes "${name}".`,
        remedy: suggest(name, [...invocations.keys()], 'What is invoked'),
      })
}

/** The memory of earlier versions has no known type: it is theirs. */
function linkContext(
  { linkage, process, common }: MachineLink,
  { context = {} }: DeclaredMigration,
): ReadonlyMap<string, Expression> {
  const names = Object.keys((process.document.context ?? {}) as object)
  const { record } = common as { record: NonNullable<typeof common.record> }
  const linked = new Map<string, Expression>()
  for (const [name, text] of Object.entries(context)) {
    const at = inside(process.at, 'migration', 'context', name)
    if (!names.includes(name)) {
      linkage.problems.error({
        at,
        code: 'unknown_context',
        message: `The process remembers nothing under the name "${name}".`,
        remedy: suggest(name, names, 'It remembers'),
      })
      continue
    }
    const value = compileValue(linkage, { at, text, variables: { record, context: { kind: 'dyn' } } })
    if (value !== undefined) linked.set(name, value)
  }
  return linked
}
