import { principalSlots } from '../../access/principal.ts'
import { parameterValues, StatementBuilder } from '../../database/statement.ts'
import type { LocalText } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { describeTags, type StateTag } from '../tags/describe-tags.ts'
import { tagsInStates } from '../tags/tags-in-states.ts'
import { needOperator } from './operator.ts'
import { livePlaces, versionOf } from './places.ts'
import { troubleCondition, troubles, visibleRecord, type Trouble } from './troubles.ts'

export type TroubleCounts = Readonly<Record<Trouble | 'active', number>>

/** So many instances in the same states of the same version of a process. */
export interface CountedPlace {
  readonly process: string
  readonly label: LocalText
  readonly version: string
  /** When the version was first published. */
  readonly published_at: string
  readonly isCurrentVersion: boolean
  readonly states: readonly { readonly path: string; readonly label: LocalText }[]
  readonly tags: readonly StateTag[]
  readonly counts: TroubleCounts
}

/**
 * How many live instances are where, and in which trouble: of those whose records the operator may read.
 * @throws TesseraError forbidden without the feature "operate"
 */
export async function countInstances(unit: UnitOfWork): Promise<readonly CountedPlace[]> {
  needOperator(unit)
  const statement = new StatementBuilder()
  const places = await livePlaces(unit)
  const counts: string[] = []
  for (const trouble of troubles)
    counts.push(
      `count(*) filter (where ${await troubleCondition(unit, { trouble, statement, places })})::int as ${trouble}`,
    )
  const text =
    `select c.*, d.created_at as published_at from (select i.process, i.definition, i.states, count(*)::int as active, ` +
    `${counts.join(', ')} from _instance i ` +
    `where i.status = 'active' and ${visibleRecord(unit, statement)} group by 1, 2, 3) c ` +
    `join _process_definition d on d.hash = c.definition order by c.process, d.created_at desc, c.states`
  const built = statement.build(text)
  const values = parameterValues(built, principalSlots(unit.principal), unit.moment)
  const rows = (await unit.sql.unsafe(built.text, values as never[])) as unknown as Row[]
  return Promise.all(rows.map((row) => present(unit, row)))
}

interface Row extends TroubleCounts {
  readonly process: string
  readonly definition: string
  readonly states: readonly string[]
  readonly published_at: string
}

async function present(unit: UnitOfWork, row: Row): Promise<CountedPlace> {
  const { process: name, definition: hash, states, published_at, active, stuck, failed, late, left } = row
  const current = unit.model.processes.get(name)
  const known = (await versionOf(unit, { name, hash })) ?? current
  return {
    process: name,
    label: known?.label ?? name,
    version: hash,
    published_at,
    isCurrentVersion: current?.hash === hash,
    states: states.map((path) => ({ path, label: known?.states.get(path)?.label ?? path })),
    tags: describeTags(unit.model, tagsInStates(known, states)),
    counts: { active, stuck, failed, late, left },
  }
}
