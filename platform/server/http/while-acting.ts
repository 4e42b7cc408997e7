import { TesseraError } from '../../access/errors.ts'
import type { Identity } from '../identity/identity.ts'

/** What belongs to a person alone: keys, passwords, second factors, the own settings; and what administers. */
const closed = /^\/api\/(?:keys|account|administration|users|session|erasure)(?:\/|$)/
/** People are changed by themselves and by who administers: an address alone would be a way into the account. */
const people = /^\/api\/records\/user(?:\/|$)/
/** Where one learns that it is over, and ends it. */
const always = /^\/api\/(?:session|impersonation)$/

/**
 * Refuses what nobody does for another, and everything once the time is over: what was meant as an act of the other
 * must not become one's own.
 * @throws TesseraError forbidden
 */
export function checkActing(
  { path, isChange }: { path: string; isChange: boolean },
  { impersonation }: Identity,
): void {
  if (impersonation === undefined) return
  if (impersonation.isOver && !(always.test(path) && (!isChange || path === '/api/impersonation')))
    throw new TesseraError('forbidden', 'Your time to act for another person is over; end it first.', {
      members: { reason: 'impersonation_over' },
    })
  const isReadingSession = path === '/api/session' && !isChange
  if ((closed.test(path) && !isReadingSession) || (people.test(path) && isChange))
    throw new TesseraError('forbidden', 'This is not done for another person; end acting for him first.', {
      members: { reason: 'impersonation' },
    })
}
