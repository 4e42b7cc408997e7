import { rowAnswer } from '../../access/predicate.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { SelectList } from './columns.ts'

/** What a read can be asked to tell of each record: whether the rights let the principal do it. */
export const mayActions = ['update', 'delete'] as const

export type MayAction = (typeof mayActions)[number]

/** Where a record says so, as true or false; no field has such a name. */
export function mayColumn(action: MayAction): `may:${MayAction}` {
  return `may:${action}`
}

/** Adds the answers to the statement that reads the record behind `alias`. */
export function addMay(
  list: SelectList,
  { alias, object, may = [] }: { alias: string; object: ObjectModel; may?: readonly MayAction[] | undefined },
): void {
  const { context } = list
  for (const action of new Set(may)) {
    const at = list.add(rowAnswer({ ...context, object: object.name, alias, action, rows: 'few' }))
    list.readers.push((row, record) => {
      record[mayColumn(action)] = row[at]
    })
  }
}
