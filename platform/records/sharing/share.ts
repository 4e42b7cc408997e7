import { v7 as uuidv7 } from 'uuid'
import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { withoutShares } from '../../access/without-shares.ts'
import { audit } from '../../audit/index.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { readableObject } from '../read/selection.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { lockPrior } from '../write/prior.ts'
import { checkGrantee, granteeOf, granteeText, type Grantee } from './grantee.ts'

export interface Share {
  readonly id: string
  readonly with: Grantee & { readonly label: string | null }
  readonly access: 'read' | 'update'
  readonly reason: string
  readonly by: { readonly id: string; readonly name: string | null } | null
  readonly at: string
  readonly expires_at: string | null
}

export interface NewShare {
  readonly object: string
  readonly id: string
  readonly with: Grantee
  readonly access: 'read' | 'update'
  readonly reason: string
  readonly expiresAt: Date | undefined
}

/**
 * Shares a record by hand; sharing it with the same once more changes how. The right to do so is the right to change
 * the record, from elsewhere than a share: what somebody was given he does not hand on.
 * @throws TesseraError not_found, forbidden, validation (whom, reason, expiry; or nothing is shared by hand)
 */
export async function shareRecord(unit: UnitOfWork, share: NewShare): Promise<void> {
  const object = await lockForSharing(unit, share)
  const faults = [...reasonFaults(share.reason), ...expiryFaults(unit, { object, at: share.expiresAt })]
  if (faults.length > 0) throw invalid(faults)
  await checkGrantee(unit, share.with)
  const expiresAt = share.expiresAt ?? latest(unit, object)
  const { now } = unit.moment
  await unit.sql.unsafe(
    `insert into _share (id, object, record, grantee, access, reason, by, at, expires_at)
     values ($1::uuid, $2, $3::uuid, $4, $5, $6, $7::uuid, $8::timestamptz, $9::timestamptz)
     on conflict (grantee, object, record) do update set access = excluded.access, reason = excluded.reason,
       by = excluded.by, at = excluded.at, expires_at = excluded.expires_at`,
    [
      uuidv7(),
      object.name,
      share.id,
      granteeText(share.with),
      share.access,
      share.reason.trim(),
      unit.principal.userId ?? null,
      now.toISOString(),
      expiresAt?.toISOString() ?? null,
    ],
    { prepare: true },
  )
  await audit(unit, {
    action: 'share.granted',
    subject: { object: object.name, record: share.id },
    detail: {
      with: granteeText(share.with),
      access: share.access,
      expires_at: expiresAt?.toISOString() ?? null,
    },
  })
}

/** @throws TesseraError not_found for the record or the share, forbidden */
export async function endShare(
  unit: UnitOfWork,
  request: { object: string; id: string; share: string },
): Promise<void> {
  const object = await lockForSharing(unit, request)
  const [ended] = (await unit.sql.unsafe(
    'delete from _share where id = $1::uuid and object = $2 and record = $3::uuid returning grantee, access',
    [request.share, object.name, request.id],
    { prepare: true },
  )) as unknown as { grantee: string; access: string }[]
  if (ended === undefined) throw new TesseraError('not_found', `There is no share ${request.share}.`)
  await audit(unit, {
    action: 'share.revoked',
    subject: { object: object.name, record: request.id },
    detail: { with: ended.grantee, access: ended.access },
  })
}

/** The shares of a record, those that have run out left out; for whoever may share it. */
export async function listShares(
  unit: UnitOfWork,
  request: { object: string; id: string },
): Promise<readonly Share[]> {
  const object = await lockForSharing(unit, request)
  const rows = (await unit.sql.unsafe(
    `select s.id, s.grantee, s.access, s.reason, s.by, giver.name as by_name, s.at, s.expires_at,
       coalesce(person.name, team.name) as label
     from _share s left join "user" giver on giver.id = s.by
       left join "user" person on s.grantee = 'user:' || person.id
       left join "team" team on s.grantee = 'team:' || team.id
     where s.record = $1::uuid and s.object = $2 and (s.expires_at is null or s.expires_at > $3::timestamptz)
     order by s.at, s.id`,
    [request.id, object.name, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as StoredShare[]
  return rows.map(({ grantee, label, by, by_name, ...row }) => ({
    id: row.id,
    with: { ...granteeOf(grantee), label },
    access: row.access,
    reason: row.reason,
    by: by === null ? null : { id: by, name: by_name },
    at: row.at,
    expires_at: row.expires_at,
  }))
}

interface StoredShare extends Omit<Share, 'with' | 'by'> {
  readonly grantee: string
  readonly label: string | null
  readonly by: string | null
  readonly by_name: string | null
}

async function lockForSharing(
  unit: UnitOfWork,
  { object: name, id }: { object: string; id: string },
): Promise<ObjectModel> {
  const object = readableObject({ ...unit, object: name })
  if (!object.sharing.byHand)
    throw new TesseraError('validation', `Records of ${name} are not shared by hand.`)
  const own = { ...unit, rights: withoutShares(unit.rights) }
  await lockPrior(own, { object, id, action: 'update' }).catch(async (error: unknown) => {
    if (!(error instanceof TesseraError)) throw error
    // Who has the record from a share alone is told that he may not hand it on, not that it is not there.
    await lockPrior(unit, { object, id, action: 'update' })
    throw new TesseraError(
      'forbidden',
      'This record was shared with you; whoever may change it otherwise decides whom else it is shared with.',
    )
  })
  return object
}

const longestReason = 500

function reasonFaults(reason: string): Fault[] {
  const length = reason.trim().length
  if (length > 0 && length <= longestReason) return []
  const message = length === 0 ? 'is needed: others will ask' : `is longer than ${longestReason} characters`
  return [{ field: 'reason', code: length === 0 ? 'required' : 'max_length', message }]
}

function expiryFaults(
  unit: UnitOfWork,
  { object, at }: { object: ObjectModel; at: Date | undefined },
): Fault[] {
  if (at === undefined) return []
  if (at <= unit.moment.now) return [{ field: 'expires_at', code: 'expiry', message: 'is over already' }]
  const end = latest(unit, object)
  if (end === undefined || at <= end) return []
  return [
    {
      field: 'expires_at',
      code: 'expiry',
      message: `is later than ${object.sharing.longestDays} days from now, the longest that records of ${object.name} are shared`,
    },
  ]
}

function latest(unit: UnitOfWork, { sharing }: ObjectModel): Date | undefined {
  if (sharing.longestDays === undefined) return undefined
  return new Date(unit.moment.now.getTime() + sharing.longestDays * 86_400_000)
}
