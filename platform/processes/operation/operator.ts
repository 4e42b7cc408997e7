import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** @throws TesseraError forbidden without the feature "operate" */
export function needOperator({ rights }: UnitOfWork): void {
  if (!rights.features.has('operate'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "operate".')
}
