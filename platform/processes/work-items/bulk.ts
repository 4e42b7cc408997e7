import { TesseraError } from '../../access/errors.ts'
import { writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { claimWorkItem } from './claim.ts'
import { complete, type Completion } from './complete.ts'
import { transferWorkItem, type GivingWork } from './transfer.ts'

export type BulkAct =
  | { readonly act: 'claim' }
  | ({ readonly act: 'transfer' } & Omit<GivingWork, 'id'>)
  | ({ readonly act: 'complete' } & Omit<Completion, 'id'>)

export interface WorkResult {
  readonly id: string
  readonly ok: boolean
  readonly error?: TesseraError
}

/** One act on many work items: each is a transaction of its own and has a result of its own, in the order asked. */
export function actOnMany(
  work: WorkOptions,
  { ids, ...asked }: BulkAct & { readonly ids: readonly string[] },
  ports: ProcessPorts = {},
): Promise<readonly WorkResult[]> {
  return eachAlone(work, ids, (unit, id) => {
    if (asked.act === 'claim') return claimWorkItem(unit, id)
    if (asked.act === 'transfer') return transferWorkItem(unit, { id, ...asked })
    return complete(unit, { id, ...asked }, ports)
  })
}

export async function eachAlone(
  work: WorkOptions,
  ids: readonly string[],
  act: (unit: UnitOfWork, id: string) => Promise<unknown>,
): Promise<readonly WorkResult[]> {
  const results: WorkResult[] = []
  for (const id of ids) {
    try {
      await writingWork(work, (unit) => act(unit, id))
      results.push({ id, ok: true })
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error
      results.push({ id, ok: false, error })
    }
  }
  return results
}
