import type { ProcessModel, StateModel } from '../../definitions/model/model.ts'
import { eventTargets, timerTargets } from '../../processes/index.ts'
import type { ProcessMeta } from '../contract/types.ts'
import { fieldMeta } from './field-meta.ts'
import { given } from './given.ts'
import type { Visibility } from './visibility.ts'

/** A process with all its states and the events and entries that a role of the person may use. */
export function processMeta(visibility: Visibility, process: ProcessModel): ProcessMeta {
  const { name, label, object, stateField } = process
  const targets = eventTargets(process)
  const isAllowed = (roles: ReadonlySet<string> | undefined) => visibility.isForRoles(roles)
  return {
    name,
    label,
    object,
    ...given({ state_field: stateField }),
    states: [...process.states.values()].map((state) => {
      const { path, label: text, help, colour, isFinal } = state
      return given({
        path,
        label: text,
        help,
        colour,
        final: isFinal,
        ...closedIn(visibility, object, state),
      })
    }) as ProcessMeta['states'],
    events: [...process.events.values()]
      .filter((event) => isAllowed(event.allowedRoles))
      .map((event) =>
        given({
          name: event.name,
          label: event.label,
          help: event.help,
          primary: event.isPrimary,
          destructive: event.isDestructive,
          form: Object.fromEntries(
            [...event.form].map(([field, model]) => [
              field,
              fieldMeta(visibility, model, { isWritable: true, object }),
            ]),
          ),
          targets: Object.fromEntries(
            [...(targets.get(event.name) ?? [])].map(([from, to]) => [from, [...to]]),
          ),
        }),
      ),
    timers: Object.fromEntries([...timerTargets(process)].map(([timer, to]) => [timer, [...to]])),
    delays: Object.fromEntries([...process.delays.values()].map(({ name, label }) => [name, label])),
    entries: process.entries
      .filter((entry) => isAllowed(entry.roles))
      .map((entry) => ({ name: entry.name, states: [...entry.states] })),
  }
}

/** What a state closes to the person. */
function closedIn({ model, roles, isPath }: Visibility, object: string, { locks }: StateModel) {
  const binding = locks.filter((lock) => ![...roles].some((role) => lock.roles.has(role)))
  if (binding.length === 0) return {}
  const fields = [...(model.objects.get(object)?.fields.keys() ?? [])]
  return {
    closed: fields.filter(
      (name) => isPath(object, name) && binding.some((lock) => lock.fields.get(name) ?? lock.isAll),
    ),
    undeletable: binding.some(({ isAll }) => isAll) || undefined,
  }
}
