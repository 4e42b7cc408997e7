import { TesseraError } from '../../../access/errors.ts'
import { exceeds } from '../../../access/exceeds.ts'
import type { Principal } from '../../../access/principal.ts'
import { rightsOfPrincipal } from '../../../access/rights.ts'
import type { Model } from '../../../definitions/model/model.ts'

/**
 * Why somebody may not act for a person; undefined where he may. The rights are those of the person, and he must have
 * all of them himself, so that nobody comes to more by acting for another.
 */
export function refusedToActFor(
  model: Model,
  { impersonator, person }: { impersonator: Principal; person: Principal },
): TesseraError | undefined {
  const own = rightsOfPrincipal(model, impersonator)
  if (!own.features.has('impersonate'))
    return new TesseraError('forbidden', 'None of your roles has the feature "impersonate".')
  if (impersonator.userId === person.userId)
    return new TesseraError('conflict', 'Nobody acts for himself; name another person.')
  const more = exceeds(model, { theirs: rightsOfPrincipal(model, person), own })
  if (more === undefined) return undefined
  return new TesseraError(
    'forbidden',
    `This person may do something with the object "${more}" that you may not; nobody acts for who may more.`,
  )
}
