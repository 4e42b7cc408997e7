import { governing } from '../../access/governing.ts'
import { grantCondition } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { rightsOfPrincipal, type RecordAction, type RecordGrant } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { ObjectModel, RoleModel } from '../../definitions/model/model.ts'
import { runStatement } from '../read/run.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { visibleText } from '../../access/visible-paths.ts'
import { declaredIn, textOfRight, type Reader } from './grounds-of-roles.ts'
import type { Ground } from './explanation.ts'

/**
 * What admits one record, asked of the database one by one with the conditions that lists are made of. A line is judged
 * by the record that it belongs to. Where the record is not there, nothing admits it.
 */
export async function recordGrounds(
  unit: UnitOfWork,
  { object, id, action, reader }: { object: ObjectModel; id: string; action: RecordAction; reader: Reader },
): Promise<readonly Ground[]> {
  const governed = governing(unit.model, object)
  const record = await governingRecord(unit, { object, id })
  const asked = object !== governed && action === 'delete' ? 'update' : action
  // Where nothing is shared with him, nobody looks; that is told as well.
  const rights = rightsOfPrincipal(unit.model, { ...unit.principal, hasShares: true })
  const grants = rights.object(governed.name)[asked]
  if (grants.length === 0) return []
  const statement = new StatementBuilder()
  const options = { ...unit, object: governed.name, action: asked, alias: 't', statement }
  const columns = grants.map((grant) => `coalesce(${grantCondition(options, grant)}, false)`)
  const text =
    `select ${columns.join(', ')} from ${identifier(governed.name)} t ` +
    `where t.id = ${statement.slot('id', 'uuid')} and t.deleted_at is null`
  const [row] =
    record === undefined
      ? []
      : await runStatement(unit, statement.build(text), { ...principalSlots(unit.principal), id: record })
  return Promise.all(
    grants.map((grant, at) =>
      groundOf(unit, { reader, object: governed, grant, action: asked, record, allows: row?.[at] === true }),
    ),
  )
}

async function groundOf(
  unit: UnitOfWork,
  {
    reader,
    object,
    grant,
    action,
    record,
    allows,
  }: {
    reader: Reader
    object: ObjectModel
    grant: RecordGrant
    action: RecordAction
    record: string | undefined
    allows: boolean
  },
): Promise<Ground> {
  const { model } = unit
  const { from } = grant
  if (from.kind === 'role') {
    const role = model.roles.get(from.role) as RoleModel
    const entry = role.named.has(object.name) ? object.name : '*'
    return {
      kind: 'role',
      allows,
      role: { name: role.name, label: role.label },
      declared: declaredIn(model, role, {
        path: ['objects', entry, action],
        says: textOfRight(reader, object.name, grant),
      }),
    }
  }
  if (from.kind === 'rule') {
    const rule = object.sharing.rules.find(({ name }) => name === from.rule)
    return {
      kind: 'rule',
      allows,
      ...(rule === undefined ? {} : { label: rule.label }),
      declared: {
        pointer: `objects/${object.name}/sharing/rules/${from.rule}`,
        files: model.sources[`object/${object.name}`] ?? [],
        says: rule && (visibleText(reader, object.name, rule.where) ?? '…'),
      },
    }
  }
  if (from.kind === 'platform') return { kind: 'product', allows }
  const share =
    allows && record !== undefined ? await shareBehind(unit, { object, record, action }) : undefined
  return { kind: 'share', allows, ...(share === undefined ? {} : { share }) }
}

async function shareBehind(
  unit: UnitOfWork,
  { object, record, action }: { object: ObjectModel; record: string; action: RecordAction },
): Promise<Ground['share']> {
  const [share] = (await unit.sql.unsafe(
    `select s.grantee as with, s.reason, giver.name as by, s.expires_at from _share s left join "user" giver on giver.id = s.by
     where s.object = $1 and s.record = $2::uuid and s.grantee = any($3::text[])
       and (s.expires_at is null or s.expires_at > $4::timestamptz) and ($5 = 'read' or s.access = 'update')
     order by s.at limit 1`,
    [
      object.name,
      record,
      principalSlots(unit.principal)['user.grantees'] as string[],
      unit.moment.now.toISOString(),
      action,
    ],
  )) as unknown as Ground['share'][]
  return share
}

/** The record that a line belongs to, through lines of lines; the record itself where it is none. */
async function governingRecord(
  unit: UnitOfWork,
  { object, id }: { object: ObjectModel; id: string },
): Promise<string | undefined> {
  const target = object.parent?.reference?.to
  if (object.parent === undefined || target === undefined) return id
  const [row] = (await unit.sql.unsafe(
    `select ${identifier(object.parent.name)} as parent from ${identifier(object.name)} where id = $1::uuid and deleted_at is null`,
    [id],
  )) as unknown as { parent: string | null }[]
  if (typeof row?.parent !== 'string') return undefined
  return governingRecord(unit, { object: unit.model.objects.get(target) as ObjectModel, id: row.parent })
}
