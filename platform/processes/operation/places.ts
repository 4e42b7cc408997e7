import { TesseraError } from '../../access/errors.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import type { StatementBuilder } from '../../database/statement.ts'
import type { EventModel, MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'
import { nodeAt } from '../timers/waiting.ts'

/** Where live instances are: so many in the same states of the same version. */
export interface Place {
  readonly process: string
  readonly definition: string
  readonly states: readonly string[]
  readonly count: number
}

export async function livePlaces(unit: UnitOfWork, process?: string): Promise<readonly Place[]> {
  return (await unit.sql.unsafe(
    `select process, definition, states, count(*)::int as count from _instance
     where status = 'active' and ($1::text is null or process = $1::text) group by 1, 2, 3`,
    [process ?? null],
    { prepare: true },
  )) as unknown as Place[]
}

/**
 * The condition, over the instance `i`, that nothing leads on from where it is but a timer, work or a request: no event
 * that its states know can be taken with the record as it is, whoever sends it. Where people can change the record,
 * every event counts as possible; so does what depends on the sender, on what is filled in or on the memory of the
 * process, and what no condition in SQL can say.
 */
export async function withoutWayOn(
  unit: UnitOfWork,
  { statement, places }: { statement: StatementBuilder; places: readonly Place[] },
): Promise<string> {
  const conditions: string[] = []
  for (const { process: name, definition, states } of places) {
    const process = await versionOf(unit, { name, hash: definition })
    const condition = process === undefined ? 'true' : blockedIn(unit, { process, states, statement })
    if (condition === 'false') continue
    const at = `i.definition = ${statement.constant(definition, 'text')} and i.states = ${statement.constant(states, 'text[]')}`
    conditions.push(`(${at} and ${condition})`)
  }
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
}

/** The version of a process; undefined where it no longer fits its object, so that nothing can happen in it. */
export async function versionOf(
  unit: UnitOfWork,
  version: { name: string; hash: string },
): Promise<ProcessModel | undefined> {
  try {
    return await pinnedProcess(unit, version)
  } catch (error) {
    if (error instanceof TesseraError && error.code === 'unavailable') return undefined
    throw error
  }
}

function blockedIn(
  unit: UnitOfWork,
  {
    process,
    states,
    statement,
  }: { process: ProcessModel; states: readonly string[]; statement: StatementBuilder },
): string {
  const nodes = activeNodes(process, states)
  const alias = statement.alias('b')
  const sql = (expression: Expression): string => {
    const binding = recordBinding({ ...unit, object: process.object, alias, statement })
    return `(${expression.toPredicate(binding, 'bound').sql})`
  }
  const possible = [...process.events.values()]
    .map((event) => conditionsOf({ process, nodes, event }))
    .filter((conditions) => conditions !== undefined)
  if (possible.length === 0) return 'true'
  const isClosed = states.some((state) => process.states.get(state)?.locks.some(({ isAll }) => isAll))
  if (!isClosed || possible.some(({ length }) => length === 0)) return 'false'
  // Only what is asked for may be compiled: each value has its place in the statement.
  const known = possible.map((all) => `(${all.map((any) => `(${any.map(sql).join(' or ')})`).join(' and ')})`)
  return `exists (select 1 from ${identifier(process.object)} ${alias} where ${alias}.id = i.record and not (${known.join(' or ')}))`
}

/** Conditions of which one of each list must hold for the event to be taken; undefined where no state takes it. */
function conditionsOf({
  process,
  nodes,
  event,
}: {
  process: ProcessModel
  nodes: readonly MachineNode[]
  event: EventModel
}): readonly (readonly Expression[])[] | undefined {
  const branches = nodes.flatMap((node) =>
    [((node.on ?? {}) as Record<string, unknown>)[event.name] ?? []].flat(),
  )
  if (branches.length === 0) return undefined
  const guards = branches.map((branch) => guardOf(process, branch))
  const known = guards.filter((guard) => guard !== undefined && isOfRecord(guard)) as Expression[]
  const { allowedWhen } = event
  return [
    ...(known.length < guards.length ? [] : [known]),
    ...(allowedWhen === undefined || !isOfRecord(allowedWhen) ? [] : [[allowedWhen]]),
  ]
}

/** Whether the database can tell it from the record alone. */
function isOfRecord({ paths, sqlObstacle }: Expression): boolean {
  return sqlObstacle === undefined && paths.every(([root]) => root === 'record')
}

function guardOf(process: ProcessModel, branch: unknown): Expression | undefined {
  const number = (branch as { guard?: { params?: { expression?: number } } }).guard?.params?.expression
  return number === undefined ? undefined : process.expressions[number]
}

/** The states in which a configuration is, and those around them. */
function activeNodes(process: ProcessModel, states: readonly string[]): readonly MachineNode[] {
  const nodes = new Set<MachineNode>()
  for (const state of states) {
    const path = state.split('.')
    for (let depth = 0; depth <= path.length; depth++) nodes.add(nodeAt(process, path.slice(0, depth)))
  }
  return [...nodes]
}
