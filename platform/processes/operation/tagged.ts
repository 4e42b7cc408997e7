import type { StatementBuilder } from '../../database/statement.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { livePlaces, versionOf } from './places.ts'

/**
 * The condition, over the instance `i`, that it is in a state with the tag. Which states have it, each version says for
 * itself: so it is by version, and there are few of these.
 */
export async function withTag(
  unit: UnitOfWork,
  { statement, tag, process }: { statement: StatementBuilder; tag: string; process: string | undefined },
): Promise<string> {
  const versions = new Map(
    (await livePlaces(unit, process)).map((place) => [place.definition, place.process]),
  )
  const conditions: string[] = []
  for (const [hash, name] of versions) {
    const { states = new Map() } =
      (await versionOf(unit, { name, hash })) ?? unit.model.processes.get(name) ?? {}
    const tagged = [...states.values()].filter(({ tags }) => tags.has(tag)).map(({ path }) => path)
    if (tagged.length > 0)
      conditions.push(
        `(i.definition = ${statement.constant(hash, 'text')} and i.states && ${statement.constant(tagged, 'text[]')})`,
      )
  }
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
}
