import type { Principal } from '../../access/principal.ts'
import type { ProcessModel } from '../../definitions/model/model.ts'
import { localText } from '../../records/write/rules.ts'
import { actingAs, type UnitOfWork } from '../../records/unit-of-work.ts'

/**
 * The work as the process carries it out: under its declared role where it has one, otherwise with the rights of the
 * person who sent the event. The person stays in the history.
 */
export function actingProcess(unit: UnitOfWork, process: ProcessModel): UnitOfWork {
  if (process.runAs === undefined) return unit
  // The scopes of a key limit who uses it, not the role that the declaration gives the process.
  const { scopes: _, ...principal } = unit.principal
  return actingAs(unit, { ...principal, kind: 'process', roles: [process.runAs] })
}

/** Who acts when a timer fires: the process itself. */
export function timerPrincipal(unit: { model: UnitOfWork['model'] }, process: ProcessModel): Principal {
  const { timeZone, locale } = unit.model.settings
  return {
    kind: 'process',
    userId: undefined,
    name: localText(process.label, locale),
    email: undefined,
    roles: process.runAs === undefined ? [] : [process.runAs],
    team: undefined,
    manager: undefined,
    locale,
    timeZone,
  }
}
