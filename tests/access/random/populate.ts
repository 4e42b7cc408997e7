import type { Principal } from '../../../platform/access/principal.ts'
import { sendEvent } from '../../../platform/processes/index.ts'
import {
  actingAs,
  createRecord,
  deleteRecord,
  savepointWork,
  shareRecord,
  updateRecord,
  type UnitOfWork,
} from '../../../platform/records/index.ts'
import type { TestTenant } from '../../harness/tenant.ts'
import { nameAt } from './documents.ts'
import { roleNames, teamCount, type RecordSpec, type World } from './world.ts'

/** Makes the people and records of a world, by many hands that may do everything, so that there is a history. */
export async function populate(tenant: TestTenant, world: World): Promise<readonly Principal[]> {
  const admin = await tenant.person('Admin', { roles: ['administrator'] })
  const teams = await tenant.write(admin, async (unit) => {
    const made: string[] = []
    for (let at = 0; at < teamCount; at++)
      made.push(String((await createRecord(unit, { object: 'team', values: { name: `team ${at}` } })).id))
    return made
  })
  const people: Principal[] = []
  for (const [at, { roles, team, manager, reach }] of world.people.entries()) {
    const person = await tenant.person(`Person ${at}`, {
      roles: roles.map((each) => roleNames[each] as string),
      ...(team === null ? {} : { team: teams[team] as string }),
    })
    const above = manager === null || at === 0 ? undefined : people[manager % at]?.userId
    people.push({ ...person, manager: above, reach })
    if (above !== undefined)
      await tenant.write(admin, (unit) =>
        updateRecord(unit, { object: 'user', id: person.userId as string, values: { manager: above } }),
      )
  }
  await tenant.write(admin, (unit) => makeRecords(unit, { world, people, admin, teams }))
  return people
}

async function makeRecords(
  unit: UnitOfWork,
  {
    world,
    people,
    admin,
    teams,
  }: { world: World; people: readonly Principal[]; admin: Principal; teams: readonly string[] },
): Promise<void> {
  const made = world.objects.map((): string[] => [])
  const all = world.objects.flatMap((spec, object) =>
    spec.records.map((record, at) => ({ object, record, at })),
  )
  const by = ({ by: hand }: RecordSpec) =>
    actingAs(unit, { ...(people[hand % people.length] as Principal), roles: admin.roles })
  const granteeOf = ({ kind, at }: NonNullable<RecordSpec['share']>) => {
    if (kind === 'role') return { kind, name: roleNames[at % roleNames.length] as string }
    const ids = kind === 'team' ? teams : people.map(({ userId }) => userId as string)
    return { kind, id: ids[at % ids.length] as string }
  }
  const idIn = (object: number, at: number | null) =>
    at === null ? null : (made[object]?.[at % (made[object]?.length ?? 1)] as string)
  for (const { object, record, at } of all) {
    const { isOwned } = world.objects[object] as World['objects'][number]
    const values = {
      name: `${record.word} ${at}`,
      code: `c${at}`,
      secret: record.secret,
      grade: record.grade,
      ...(isOwned ? { owner: people[record.owner % people.length]?.userId } : {}),
    }
    made[object]?.push(String((await createRecord(by(record), { object: nameAt(object), values })).id))
  }
  for (const { object, record, at } of all) {
    const spec = world.objects[object] as World['objects'][number]
    const values = {
      many: record.many.map((each) => idIn(spec.manyTo, each)),
      rows: record.rows.map(({ amount, item }, row) => ({
        text: `row ${row}`,
        amount,
        item: idIn(spec.itemTo, item),
      })),
      ...(record.later === null ? {} : { secret: record.later }),
    }
    const id = made[object]?.[at] as string
    await updateRecord(by(record), { object: nameAt(object), id, values })
    // What may not be chosen stays blank.
    await attempt(by(record), (inner) =>
      updateRecord(inner, {
        object: nameAt(object),
        id,
        values: { ref: idIn(spec.refersTo, record.refersTo) },
      }),
    )
    if (record.isClosed && spec.isGoverned)
      await attempt(by(record), (inner) =>
        sendEvent(inner, { object: nameAt(object), id, event: 'close', values: {} }),
      )
  }
  for (const { object, record, at } of all)
    if (record.share !== null && world.objects[object]?.byHand === true)
      await shareRecord(by(record), {
        object: nameAt(object),
        id: made[object]?.[at] as string,
        with: granteeOf(record.share),
        access: record.share.access,
        reason: 'random',
        expiresAt: undefined,
      })
  for (const { object, record, at } of all)
    if (record.isDeleted)
      await attempt(by(record), (inner) =>
        deleteRecord(inner, { object: nameAt(object), id: made[object]?.[at] as string }),
      )
}

async function attempt(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<unknown>): Promise<void> {
  await savepointWork(unit, work).catch(() => undefined)
}
