import { invalid } from '../../../access/errors.ts'
import type { ObjectModel, ProcessModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'

/** Refuses an entry that the object's process does not declare, or not for these roles, before any row is read. */
export function checkEntry(
  unit: UnitOfWork,
  { object, entry, hasState }: { object: ObjectModel; entry: string | undefined; hasState: boolean },
): void {
  if (entry === undefined) return
  const process = unit.model.processes.get(object.lifecycle?.process ?? '')
  const declared = process?.entries.find((each) => each.name === entry)
  if (declared === undefined)
    throw refusal('unknown', `${object.name} has no entry "${entry}"; ${known(process)}`)
  if (!unit.principal.roles.some((role) => declared.roles.has(role)))
    throw refusal(
      'forbidden',
      `the entry "${entry}" takes one of the roles ${[...declared.roles].join(', ')}`,
    )
  if (!hasState)
    throw refusal('required', `the entry "${entry}" needs a column that fills ${process?.stateField}`)
}

function known(process: ProcessModel | undefined): string {
  const names = process?.entries.map((each) => each.name) ?? []
  return names.length === 0 ? 'none is declared' : `known: ${names.join(', ')}`
}

function refusal(code: string, message: string) {
  return invalid([{ field: 'entry', code, message }])
}
