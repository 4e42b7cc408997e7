import { principalSlots, type Principal } from '../../access/principal.ts'
import type { Reach } from '../../access/rights.ts'
import type { Queryable } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'

/** See docs/decisions/three-ways-to-look.md. */
const [some, many] = [64, 2_000]

/** By which way to look for what somebody may see. */
export interface Outlook {
  readonly reach: Reach
  readonly hasShares: boolean
}

/**
 * How far the levels of a person reach that look down a tree, and whether anything is shared with him by hand. Asked when
 * a person is read; a reorganisation meanwhile makes lists slower at worst, never other, and who shares something lets
 * what is remembered of people be forgotten.
 */
export async function outlookOf(
  sql: Queryable,
  { model, person }: { model: Model; person: Principal },
): Promise<Outlook> {
  const [reach, hasShares] = await Promise.all([
    reachOf(sql, { model, member: person.userId as string }),
    isSharedWith(sql, { model, person }),
  ])
  return { reach, hasShares }
}

async function isSharedWith(
  sql: Queryable,
  { model, person }: { model: Model; person: Principal },
): Promise<boolean> {
  if (![...model.objects.values()].some(({ sharing }) => sharing.byHand)) return false
  const rows = await sql.unsafe('select 1 from _share where grantee = any($1::text[]) limit 1', [
    principalSlots(person)['user.grantees'] as string[],
  ])
  return rows.length > 0
}

async function reachOf(sql: Queryable, { model, member }: { model: Model; member: string }): Promise<Reach> {
  const territories = [...model.objects.values()].flatMap(({ territory }) => territory?.ofPerson ?? [])
  const isAsked = territories.length > 0 || usesSubordinates(model)
  if (!isAsked) return 'narrow'
  const own = [
    'select $1::uuid as id',
    ...[...new Set(territories)].map(({ name, joinTable }) =>
      joinTable === undefined
        ? `select "${name}" from "user" where id = $1::uuid`
        : `select target from "${joinTable}" where record = $1::uuid`,
    ),
  ]
  const rows = await sql.unsafe(
    `select 1 from _below where above in (${own.join(' union all ')}) limit ${many + 1}`,
    [member],
  )
  if (rows.length > many) return 'vast'
  return rows.length > some ? 'wide' : 'narrow'
}

function usesSubordinates({ roles }: Model): boolean {
  return [...roles.values()].some(({ objects }) =>
    [...objects.values()].some((rights) =>
      [rights.read, rights.update, rights.delete].some(({ level }) => level === 'subordinates'),
    ),
  )
}
