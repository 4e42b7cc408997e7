import type { RecordValues } from '../records/values.ts'
import type { UnitOfWork } from '../records/unit-of-work.ts'
import type { RequestEnd } from './outgoing/request-end.ts'

/** Where processes call upwards: actions that plugins bring. The wiring at the top fills it in. */
export interface ProcessPorts {
  /** Carries out `call`; gives fields of the own record to set. Runs inside the step's transaction. */
  callAction?(
    unit: UnitOfWork,
    call: { action: string; values: RecordValues; object: string; record: RecordValues },
  ): Promise<RecordValues | undefined>
  /** Hears of the end of a request for which an invocation waits, inside the transaction that writes it down. */
  requestEnded?(unit: UnitOfWork, end: RequestEnd): Promise<void>
}
