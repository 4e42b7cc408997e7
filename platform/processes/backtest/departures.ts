import type { FieldModel } from '../../definitions/model/model.ts'
import { isBlank } from '../../records/values.ts'
import { told, type PastDecider } from './past-decider.ts'
import { agree, pastValue } from './past-values.ts'
import type { At, Replay, Run } from './replay.ts'

/** Notes the fields of the record that the draft would have left with other values than the history has. */
export function depart(
  { version, history, recorded }: Replay,
  run: Run,
  options: Pick<PastDecider, 'sets' | 'created'> & At,
): void {
  const { sets, created, step, place } = options
  const object = version.model.objects.get(version.process.object)
  const fields = [...(object?.fields.values() ?? [])]
  for (const field of fields) {
    const source = history.object.fields.get(field.name) ?? history.object.fields.get(field.formerly ?? '')
    if (field.type.name === 'state' || source === undefined) continue
    const set = sets.get(field.name)
    const isOwn = place.own.some(({ changes }) => source.name in changes)
    if (set === undefined) {
      if (isOwn)
        run.departures.set(
          field.name,
          `${recorded.object}.${source.name} was set in step ${step.number}, which the draft does not do`,
        )
      continue
    }
    const kept = told(() => pastValue(history, source, place.after))
    if ('reason' in set || 'reason' in kept) {
      run.departures.set(field.name, 'reason' in set ? set.reason : (kept as { reason: string }).reason)
      continue
    }
    const isNew = Object.values(created).includes(String(set.value)) && !isBlank(kept.value)
    if (isNew || agree(normal(field, set.value), normal(field, kept.value))) run.departures.delete(field.name)
    else
      run.departures.set(
        field.name,
        `the draft would have set ${recorded.object}.${field.name} to ${JSON.stringify(set.value)} in step ${step.number}, and the history has ${JSON.stringify(kept.value)}`,
      )
  }
}

function normal(field: FieldModel, value: unknown): unknown {
  const checked = isBlank(value) ? undefined : field.type.check(value, field.context)
  return checked?.ok === true ? checked.value : value
}
