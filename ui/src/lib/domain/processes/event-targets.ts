import type { ProcessEvent, ProcessMeta, ProcessView } from '#lib/shared/api/types.ts'

/** The steps by which a record may come to a state from where it is: those that it can take, and those refused now. */
export interface Ways {
  possible: readonly ProcessEvent[]
  refused: readonly ProcessEvent[]
}

/** The ways from where a record stands to a state. */
export function waysTo(process: ProcessMeta | undefined, view: ProcessView, state: string): Ways {
  const leading = view.events.filter((event) =>
    view.states.some((from) => leads(process, event.name, from, state)),
  )
  return {
    possible: leading.filter((event) => event.possible),
    refused: leading.filter((event) => !event.possible),
  }
}

/** Whether any step can lead from one state to another, as far as the declarations tell. */
export function canLead(process: ProcessMeta | undefined, from: string, to: string): boolean {
  return (process?.events ?? []).some((event) => leads(process, event.name, from, to))
}

/** A state stands for those inside of it too. */
function leads(process: ProcessMeta | undefined, name: string, from: string, to: string): boolean {
  const { targets = {} } = process?.events.find((event) => event.name === name) ?? {}
  return Object.entries(targets).some(
    ([found, next]) => isWithin(found, from) && next.some((state) => isWithin(state, to)),
  )
}

function isWithin(state: string, outer: string): boolean {
  return state === outer || state.startsWith(`${outer}.`)
}
