import { TesseraError } from '../../../access/errors.ts'
import type { Model } from '../../../definitions/model/model.ts'
import type { Identity } from '../identity.ts'

/** Whether one of the roles asks for a second factor. */
export function needsSecondFactor(model: Model, roles: readonly string[]): boolean {
  return roles.some((role) => model.roles.get(role)?.needsSecondFactor === true)
}

/**
 * Whether a role asks for a second factor that was not shown in this session. Keys are not asked: they are made in
 * sessions, and programs have no phone.
 */
export function lacksSecondFactor(model: Model, { principal, session }: Identity): boolean {
  return session !== undefined && !session.hasSecondFactor && needsSecondFactor(model, principal.roles)
}

export function secondFactorFirst(): TesseraError {
  return new TesseraError(
    'forbidden',
    'One of your roles asks for a second factor. Set it up first: POST /api/account/second-factor.',
    { members: { reason: 'second_factor' } },
  )
}
