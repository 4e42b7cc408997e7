import { audit } from '../../audit/index.ts'
import { hasConsent } from '../../processes/outgoing/consent.ts'
import { updateRecord } from '../../records/write/update.ts'
import { asConsequence, withCause, type UnitOfWork } from '../../records/unit-of-work.ts'

/**
 * Withdraws the consent of a person to marketing mails, as the object declares it, through the write path. Nothing is
 * written where it is not given (any more), or where the record is gone.
 * @returns whether it was given
 */
export async function withdrawConsent(
  unit: UnitOfWork,
  { object, record }: { object: string; record: string },
): Promise<boolean> {
  const consent = unit.model.objects.get(object)?.privacy.consent
  if (consent === undefined || !(await hasConsent(unit, { object, record }))) return false
  await updateRecord(
    withCause(asConsequence(unit), { consent: 'withdrawn' }),
    { object, id: record, values: consent.withdraw },
    { by: 'process' },
  )
  await audit(unit, {
    action: 'consent.withdrawn',
    subject: { object, record },
    detail: { channel: 'email' },
  })
  return true
}
