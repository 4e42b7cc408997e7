import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { endInstance } from './end.ts'
import { moveInstance, type Move } from './move.ts'
import { retryInstance } from './retry.ts'
import { skipInInstance, type Skip } from './skip.ts'
import type { Target } from './target.ts'

/** What an operator does with an instance. */
export type OperatorAct =
  | { readonly act: 'retry'; readonly reason?: string }
  | ({ readonly act: 'skip' } & Skip)
  | ({ readonly act: 'move' } & Move)
  | { readonly act: 'end'; readonly reason: string }

/**
 * One act on one instance, in the caller's transaction: all of it happens or nothing.
 * @throws TesseraError forbidden, not_found, conflict, validation, event_refused
 */
export function actOnInstance(
  unit: UnitOfWork,
  request: Target & OperatorAct,
  ports: ProcessPorts = {},
): Promise<void> {
  switch (request.act) {
    case 'retry':
      return retryInstance(unit, request, ports)
    case 'skip':
      return skipInInstance(unit, request, ports)
    case 'move':
      return moveInstance(unit, request, ports)
    case 'end':
      return endInstance(unit, request)
  }
}
