import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { AccessLevel, AccessQuestion } from './explanation.ts'
import { objectGrounds } from './grounds-of-roles.ts'

/**
 * A refusal by rights, which names the level that decided and what each role of the person says there; more of it tells
 * `POST /api/access/explain`.
 */
export function forbidden(
  unit: UnitOfWork,
  message: string,
  { object, action, level }: { object: ObjectModel; action: AccessQuestion['action']; level: AccessLevel },
): TesseraError {
  const grounds = objectGrounds(unit, { roles: unit.principal.roles, object, action })
  const said = grounds.flatMap(({ declared }) => declared ?? [])
  return new TesseraError('forbidden', message, {
    members: { level, action, object: object.name, declarations: said },
  })
}
