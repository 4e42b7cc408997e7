import type { Reach } from '../../access/rights.ts'
import type { Queryable } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'

/** See docs/decisions/three-ways-to-look.md. */
const [some, many] = [64, 2_000]

/**
 * How far the levels reach that look down a tree. Asked when a person is read; a reorganisation meanwhile makes lists
 * slower at worst, never other.
 */
export async function reachOf(
  sql: Queryable,
  { model, member }: { model: Model; member: string },
): Promise<Reach> {
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
