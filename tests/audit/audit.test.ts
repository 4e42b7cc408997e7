import { describe, expect, it } from 'vitest'
import { audit, auditActions, exportAudit, listAudit, verifyAudit } from '../../platform/audit/index.ts'
import { buildModel } from '../../platform/definitions/index.ts'
import { publishModel, rollback } from '../../platform/publishing/index.ts'
import { createRecord, deleteRecord, restoreRecord, updateRecord } from '../../platform/records/index.ts'
import en from '../../ui/src/lib/shared/i18n/en.json' with { type: 'json' }
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const role = (object: object = {}) => ({
  clerk: { name: 'clerk', label: 'Clerk', objects: { note: { read: 'all', ...object } } },
  auditor: { name: 'auditor', label: 'Auditor', features: { audit: true } },
})
const object = {
  note: {
    name: 'note',
    label: 'Note',
    plural: 'Notes',
    name_field: 'text',
    fields: { text: { type: 'text' } },
  },
}

const database = await freshDatabase()
const tenant = await testTenant(database, { object, role: role() } as never)
const admin = await tenant.person('Ada Admin', { roles: ['administrator'] })
const auditor = await tenant.person('Otto Auditor', { roles: ['auditor'] })
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const entries = async (filter: object = {}) =>
  (await tenant.read(auditor, (unit) => listAudit(unit, filter))).items
const user = (values: object) =>
  tenant.write(admin, (unit) =>
    updateRecord(unit, { object: 'user', id: clerk.userId as string, values: values as never }),
  )

describe('what people may do', () => {
  it('is written when it changes, with who changed it and both values', async () => {
    await user({ roles: ['clerk', 'auditor'] })
    await user({ is_active: false, title: 'Clerk' })
    await user({ title: 'Head clerk' })
    const found = await entries({ record: clerk.userId })
    expect(found.map(({ action, detail }) => ({ action, detail }))).toEqual([
      { action: 'user.changed', detail: { is_active: { from: true, to: false } } },
      { action: 'role.changed', detail: { roles: { from: ['clerk'], to: ['clerk', 'auditor'] } } },
      {
        action: 'user.created',
        detail: { roles: { from: null, to: ['clerk'] }, is_active: { from: null, to: true } },
      },
    ])
    expect(found[0]).toMatchObject({
      actor: { kind: 'person', id: admin.userId, name: 'Ada Admin' },
      subject: { object: 'user', record: clerk.userId },
      at: '2026-11-22T08:00:00.000Z',
    })
  })

  it('is written when a person goes and comes back', async () => {
    const id = await tenant.write(admin, async (unit) =>
      String(
        (await createRecord(unit, { object: 'user', values: { name: 'X', email: 'x@example.com' } })).id,
      ),
    )
    await tenant.write(admin, (unit) => deleteRecord(unit, { object: 'user', id }))
    await tenant.write(admin, (unit) => restoreRecord(unit, { object: 'user', id }))
    expect((await entries({ record: id })).map(({ action }) => action)).toEqual([
      'user.restored',
      'user.deleted',
      'user.created',
    ])
  })

  it('is not written where the write comes to nothing', async () => {
    const before = await entries()
    await expect(
      tenant.write(admin, async (unit) => {
        await updateRecord(unit, {
          object: 'user',
          id: clerk.userId as string,
          values: { roles: ['administrator'] },
        })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await entries()).toEqual(before)
    expect((await verifyAudit(tenant.sql)).faults).toEqual([])
  })
})

describe('publishing', () => {
  it('is written with the places of roles that it changes, and so is going back', async () => {
    const { model } = buildModel({ documents: { object, role: role({ update: 'all' }) } as never })
    await publishModel({
      database,
      tenant: 'test',
      model: model!,
      publishedBy: 'ada',
      note: 'More',
      settleMs: 0,
    })
    await rollback({ database, tenant: 'test', to: 1, publishedBy: 'ada', settleMs: 0 })
    const found = (await entries({ limit: 4 })).map(({ action, detail, actor }) => ({
      action,
      detail,
      actor,
    }))
    const actor = { kind: 'process', id: null, name: 'ada' }
    expect(found).toMatchObject([
      { action: 'role.declared', detail: { version: 3, roles: [{ role: 'clerk' }] } },
      { action: 'rollback', detail: { version: 3, back_to: 1 }, actor },
      {
        action: 'role.declared',
        detail: { version: 2, roles: [{ role: 'clerk', places: ['added /objects/note/update'] }] },
        actor,
      },
      { action: 'publish', detail: { version: 2, hash: model!.hash, note: 'More' }, actor },
    ])
  })
})

describe('the log', () => {
  it('is read by holders of the feature alone', async () => {
    await expect(tenant.read(clerk, (unit) => listAudit(unit, {}))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(tenant.read(admin, (unit) => listAudit(unit, {}))).resolves.toBeDefined()
  })

  it('is filtered and read in pages', async () => {
    const all = await entries({ limit: 500 })
    expect(all.map(({ number }) => number)).toEqual(all.map((_, at) => all.length - at))
    const first = await tenant.read(auditor, (unit) => listAudit(unit, { limit: 2 }))
    const second = await tenant.read(auditor, (unit) => listAudit(unit, { limit: 2, after: first.next! }))
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 4))
    expect((await entries({ action: 'role' })).map(({ action }) => action)).toEqual([
      'role.declared',
      'role.declared',
      'role.changed',
    ])
    expect(await entries({ from: '2027-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' })).toEqual([])
    expect((await entries({ person: admin.userId })).every(({ actor }) => actor.id === admin.userId)).toBe(
      true,
    )
    await expect(entries({ after: 'x' })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('goes out as CSV and as lines of JSON, without formulas', async () => {
    await tenant.write(clerk, (unit) =>
      audit(
        { ...unit, principal: { ...clerk, name: '=cmd()' } },
        { action: 'export', detail: { a: 'b, "c"' } },
      ),
    )
    const read = async (format: 'csv' | 'ndjson') => {
      let text = ''
      for await (const part of exportAudit(tenant.sql, { format, filter: { action: 'export' } })) text += part
      return text.split(/\r?\n/)
    }
    const [head, line] = await read('csv')
    expect(head).toBe(
      'number,at,actor_kind,actor,actor_name,key,impersonator,impersonator_name,action,object,record,detail,address,id,hash',
    )
    expect(line).toContain(`,'=cmd(),,,,export,,,"{""a"":""b, \\""c\\""""}",,`)
    const [json] = await read('ndjson')
    expect(JSON.parse(json!)).toMatchObject({ action: 'export', detail: { a: 'b, "c"' } })
  })

  it('goes out without what spreadsheets take for a sign of a formula, too', async () => {
    await tenant.write(clerk, (unit) =>
      audit({ ...unit, principal: { ...clerk, name: '＝cmd()' } }, { action: 'repair.started', detail: {} }),
    )
    let text = ''
    const filter = { action: 'repair' }
    for await (const part of exportAudit(tenant.sql, { format: 'csv', filter })) text += part
    expect(text).toContain(",'＝cmd(),")
  })

  it('gives entries of transactions at the same time numbers without gaps, and holds', async () => {
    const before = (await entries({ limit: 1 }))[0]!.number
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        tenant.write(admin, async (unit) => {
          await audit(unit, { action: 'export', detail: { at } })
          await audit(unit, { action: 'import', subject: { object: 'note' }, detail: { at, 文: '字' } })
        }),
      ),
    )
    const { entries: count, head, faults } = await verifyAudit(tenant.sql)
    expect({ count, faults }).toEqual({ count: before + 24, faults: [] })
    expect(head!.number).toBe(before + 24)
  })

  it('cannot be changed by the role of the tenant, nor without removing its guard', async () => {
    for (const statement of [
      `update _audit set actor_name = 'x'`,
      'delete from _audit',
      'truncate _audit',
      `update _change set changes = '{}'`,
      'delete from _change',
      `update _step set event = 'x'`,
      'delete from _work_event',
      'update _effect_attempt set error = null',
    ])
      await expect(tenant.sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
    for (const statement of [
      'delete from t_test._audit',
      `update t_test._audit set number = 7 where number = 1`,
    ])
      await expect(database.platform.unsafe(statement), statement).rejects.toThrow('never changed')
    await tenant.sql.unsafe(
      `insert into _audit (id, number, hash, at, actor_kind, actor_name, action)
       values (gen_random_uuid(), 1, 'forged', now(), 'person', 'x', 'export')`,
    )
    expect((await verifyAudit(tenant.sql)).faults).toEqual([])
  })

  it('tells what was changed, taken out or cut off by somebody who owns the database', async () => {
    const { head } = await verifyAudit(tenant.sql)
    await expect(verifyAudit(tenant.sql, { expected: head! })).resolves.toMatchObject({ faults: [] })
    const tampering = async (statement: string) => {
      await database.platform.unsafe(
        `alter table t_test._audit disable trigger user; ${statement}; alter table t_test._audit enable trigger user`,
      )
      return (await verifyAudit(tenant.sql, { expected: head! })).faults
    }
    expect(await tampering(`delete from t_test._audit where number = ${head!.number}`)).toEqual([
      `Entry ${head!.number} is missing: the log was cut off at its end.`,
    ])
    expect(await tampering('delete from t_test._audit where number between 5 and 6')).toContain(
      'Entries 5 to 6 are missing.',
    )
    expect(await tampering(`update t_test._audit set detail = '{}' where number = 2`)).toContain(
      'Entry 2 is not as it was sealed, or the one before it is not.',
    )
  })
})

it('names every action in the interface', () => {
  expect(auditActions.filter((action) => !(`audit.action.${action}` in en))).toEqual([])
})
