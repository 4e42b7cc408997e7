import { literal } from '../spec/literal.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { Facts } from './facts.ts'
import { classifyFields, type FieldChange } from './field-changes.ts'
import { pairFields, pairObjects, type ObjectPair } from './pairing.ts'
import { qualified } from './statements.ts'
import { planColumns } from './steps-of-fields.ts'
import { planIndexes } from './steps-of-indexes.ts'
import { planHierarchy } from './steps-of-hierarchies.ts'
import { planRelations } from './steps-of-relations.ts'
import {
  planNewTable,
  planTableRenames,
  planTableRestoration,
  planTableRetirement,
} from './steps-of-tables.ts'
import type { Step } from './step.ts'
import { rank, StepCollector, type Refusal } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/** What has to be done to get from one schema to another, and what cannot be done. */
export interface Difference {
  readonly steps: readonly Step[]
  readonly refusals: readonly Refusal[]
}

/** Compares two schemas. Pure: what it needs to know of the database comes as facts. */
export function diff({
  current,
  desired,
  facts,
}: {
  current: SchemaSpec
  desired: SchemaSpec
  facts: Facts
}): Difference {
  const steps = new StepCollector()
  const pairs = pairObjects(current, desired, facts)
  const objects = new Map(
    pairs.flatMap(({ before, after }) => (before && after ? [[before.name, after.name] as const] : [])),
  )
  const tables = pairs.flatMap((pair) => tableChange(pair, { facts, objects, timeZone: desired.timeZone }))
  const present = new Map(tables.map(({ after, presentTable }) => [after.name, presentTable]))
  const planning: Planning = {
    schema: desired.schema,
    desired,
    facts,
    steps,
    steady: steadyFields(tables),
    present: (object) => present.get(object ?? ''),
  }

  for (const { before, after, restored } of pairs) {
    if (after === undefined && before !== undefined) planTableRetirement(planning, before)
    if (after !== undefined && before === undefined) planNewTable(planning, after)
    if (before !== undefined && restored !== undefined) planTableRestoration(planning, { before, restored })
  }
  planTableRenames(planning, pairs)
  for (const table of tables) {
    planColumns(planning, table)
    planRelations(planning, table)
    planIndexes(planning, table)
    planHierarchy(planning, table)
    planSearch(planning, table)
  }
  planProcesses(planning, current)
  return { steps: steps.steps(), refusals: steps.refusals }
}

function tableChange(
  { before, after, restored }: ObjectPair,
  { facts, ...naming }: { facts: Facts; objects: ReadonlyMap<string, string>; timeZone: string },
): TableChange[] {
  if (before === undefined || after === undefined) return []
  const presentTable = restored?.names[before.name] ?? before.name
  return [
    {
      before,
      after,
      presentTable,
      isPopulated: facts.populated.has(presentTable),
      isRestored: restored !== undefined,
      changes: classifyFields(pairFields(before, after, facts), naming),
    },
  ]
}

function steadyFields(tables: readonly TableChange[]): ReadonlySet<string> {
  const steady = new Set<string>()
  const isSteady = (change: FieldChange) => change.kind === 'keep' && change.before.name === change.after.name
  for (const { before, after, isRestored, changes } of tables)
    if (before.name === after.name && !isRestored)
      for (const change of changes)
        if (isSteady(change) && 'after' in change) steady.add(`${after.name}.${change.after.name}`)
  return steady
}

/** The searched words of a record are put together by the write path, which therefore fills them in again. */
function planSearch(
  { steps }: Planning,
  { before, after, presentTable, isPopulated, isRestored, changes }: TableChange,
): void {
  const restoredFields = new Set(
    changes.flatMap((change) => (change.kind === 'restore' ? [change.after.name] : [])),
  )
  const renamed = new Map(
    changes.flatMap((change) =>
      change.kind === 'keep' ? [[change.before.name, change.after.name] as const] : [],
    ),
  )
  const earlier = before.searchFields.map((name) => renamed.get(name) ?? name)
  const isSame =
    earlier.join() === after.searchFields.join() &&
    !after.searchFields.some((name) => restoredFields.has(name))
  if (!isPopulated || (isSame && !isRestored)) return
  steps.add(rank.settle + 50, {
    action: 'fill_search',
    class: 'backfill',
    phase: 'settle',
    subject: after.name,
    title: `Let search find ${after.name} by ${after.searchFields.join(', ')}`,
    statements: [],
    lock: 'ROW EXCLUSIVE',
    locked: [after.name],
    isLong: false,
    countedTable: presentTable,
  })
}

function planProcesses({ schema, steps, desired }: Planning, current: SchemaSpec): void {
  for (const name of Object.keys(current.processes)) {
    if (Object.hasOwn(desired.processes, name)) continue
    const live = `${qualified(schema, '_instance')} where process = ${literal(name, 'text')} and ended_at is null`
    steps.add(rank.process, {
      action: 'retire_process',
      class: 'destructive',
      phase: 'switch',
      subject: `process/${name}`,
      title: `Withdraw the process ${name}`,
      statements: [],
      lock: 'none',
      locked: [],
      isLong: false,
      atStake: `select count(*)::int as count from ${live}`,
      loses: `Its live instances stay where they are and take no events until the process is declared again.`,
    })
  }
}
