import { isRecordId } from '../../../records/index.ts'
import type { Case, LogEntry } from '../case.ts'
import { personById, type World } from '../world.ts'
import type { PlayedHistory } from './read-history.ts'
import type { PathEntry } from './report.ts'

/** Everything that happened in a case, in order: the steps of its process and parts, and what was refused. */
export function pathOfCase(world: World, played: Case, { instances }: PlayedHistory): readonly PathEntry[] {
  const { process: main } = world.script
  const steps = instances
    .filter(({ record }) => record === played.record)
    .flatMap(({ process, steps: all }) =>
      all.map(({ at, by, event, payload, states }, index): PathEntry => {
        const from = all[index - 1]?.states
        return {
          at: new Date(at).toISOString(),
          process,
          by: personById(world, by)?.name ?? null,
          what: event,
          ...(payload === null ? {} : { values: readable(world, payload) }),
          ...(from === undefined ? {} : { from }),
          to: states,
        }
      }),
    )
  const acts = played.log.flatMap((entry) => actsOf(world, entry))
  const { failure } = played
  const end: PathEntry[] =
    failure === undefined
      ? []
      : [
          {
            ...{ at: failure.at.toISOString(), process: main.name, by: null, what: failure.what },
            refused: `failed: ${failure.message}`,
          },
        ]
  return [...acts, ...steps, ...end].sort((a, b) => a.at.localeCompare(b.at))
}

/** What people did or tried and the steps do not tell. */
function actsOf(world: World, { at, by, what, name, values = {}, refusal }: LogEntry): readonly PathEntry[] {
  const entry = { at: at.toISOString(), process: world.script.process.name, by }
  const shown = { values: readable(world, values) }
  if (refusal !== undefined)
    return [{ ...entry, what: name, ...shown, refused: `${refusal.code}: ${refusal.text}` }]
  if (what === 'create') return [{ ...entry, what: `create ${name}`, ...shown }]
  if (what === 'change') return [{ ...entry, what: `change for ${name}`, ...shown }]
  if (what !== 'event' || values.update === undefined) return []
  return [{ ...entry, what: 'change', values: readable(world, values.update) }]
}

/** Names in the place of people; other ids, which no run has twice, are left out, as are the votes of an approval. */
function readable(world: World, value: unknown): unknown {
  if (typeof value === 'string' && isRecordId(value)) return personById(world, value)?.name ?? '…'
  if (Array.isArray(value)) return value.map((entry) => readable(world, entry))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => name !== 'levels' && inner !== null)
      .map(([name, inner]) => [name, readable(world, inner)]),
  )
}
