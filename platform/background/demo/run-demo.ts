import { changedRows, isEachRow } from '../recipes/each-row.ts'
import { withIds } from '../recipes/record-key.ts'
import type { DemoPlan, PlannedAction } from './plan.ts'

interface Deed {
  readonly object: string
  /** Id of the user who does it; undefined for the system. */
  readonly as: string | undefined
  /** The clock of the write. */
  readonly at: Date
}

type Values = Readonly<Record<string, unknown>>

/** What carrying out a plan needs of the platform: the ordinary write path, with the clock and the person given. */
export interface DemoPort {
  /** Creates a record; gives its id. */
  create(deed: Deed & { readonly values: Values }): Promise<string>
  update(deed: Deed & { readonly id: string; readonly values: Values }): Promise<void>
  /** Sends an event of the process; gives the records that it created. */
  send(
    deed: Deed & { readonly id: string; readonly event: string; readonly values: Values },
  ): Promise<readonly { readonly object: string; readonly id: string }[]>
  /** Ends the one open work item of the record; false where none is open. */
  decide(
    deed: Deed & {
      readonly id: string
      readonly outcome: 'approved' | 'rejected' | 'done'
      readonly values: Values
    },
  ): Promise<boolean>
  /** The rows of a lines field, in API form with their ids. */
  lines(deed: Deed & { readonly id: string; readonly field: string }): Promise<readonly Values[]>
}

export interface RunOptions {
  readonly plan: DemoPlan
  readonly port: DemoPort
  /** Called after each action, with how many are done. */
  readonly onProgress?: (done: number) => void
}

/**
 * Carries out a plan, one action after the other in the order of time.
 * @returns how many records were made, by object, those that events created included
 * @throws Error that names the action, with the refusal as its cause; what was done before stays
 */
export async function runDemo({
  plan,
  port,
  onProgress,
}: RunOptions): Promise<Readonly<Record<string, number>>> {
  const ids = new Map<string, string>()
  const made: Record<string, number> = {}
  for (const [index, action] of plan.entries()) {
    try {
      for (const object of await carryOut(action, port, ids)) made[object] = (made[object] ?? 0) + 1
    } catch (cause) {
      throw new Error(
        `Demonstration data stopped at action ${index + 1} of ${plan.length}, ${describe(action)}.`,
        { cause },
      )
    }
    onProgress?.(index + 1)
  }
  return made
}

/** Gives the objects of the records that came to be. */
async function carryOut(
  action: PlannedAction,
  port: DemoPort,
  ids: Map<string, string>,
): Promise<readonly string[]> {
  const { object, at } = action
  const deed = { object, at, as: action.as === undefined ? undefined : idOf(action.as, ids) }
  if (action.kind === 'create') {
    ids.set(action.record, await port.create({ ...deed, values: resolved(action.values, ids) as Values }))
    return [object]
  }
  const id = idOf(action.record, ids)
  const changed = { ...deed, id, values: await withRows(action, { port, ids, deed: { ...deed, id } }) }
  if (action.kind === 'send')
    return sent(await port.send({ ...changed, event: action.event }), action.created, ids)
  if (action.kind === 'decide') await decided(action, port.decide({ ...changed, outcome: action.outcome }))
  else await port.update(changed)
  return []
}

async function decided(
  { isOptional, record }: PlannedAction & { kind: 'decide' },
  done: Promise<boolean>,
): Promise<void> {
  if (!(await done) && !isOptional) throw new Error(`No work item of ${record} is open.`)
}

function sent(
  records: readonly { readonly object: string; readonly id: string }[],
  created: Readonly<Record<string, string>>,
  ids: Map<string, string>,
): readonly string[] {
  for (const [object, key] of Object.entries(created)) {
    const found = records.find((record) => record.object === object)
    if (found === undefined)
      throw new Error(`The event created no ${object}, but the journey goes on with one.`)
    ids.set(key, found.id)
  }
  return records.map((record) => record.object)
}

/** The values with ids for keys, and with the changed rows where lines are changed row by row. */
async function withRows(
  action: PlannedAction,
  { port, ids, deed }: { port: DemoPort; ids: Map<string, string>; deed: Deed & { id: string } },
): Promise<Values> {
  const values: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(action.values)) {
    values[field] = isEachRow(value)
      ? changedRows(value, await port.lines({ ...deed, field }))
      : resolved(value, ids)
  }
  return values
}

function resolved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  return withIds(value, (key) => idOf(key, ids))
}

function idOf(key: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The record ${key} does not exist yet at this point of the plan.`)
  return id
}

function describe(action: PlannedAction): string {
  const what = action.kind === 'send' ? `event "${action.event}" of` : action.kind
  return `${what} ${action.record} by ${action.as ?? 'the system'} at ${action.at.toISOString()}`
}
