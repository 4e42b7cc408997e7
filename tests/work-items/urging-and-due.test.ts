import { describe, expect, it } from 'vitest'
import { changeDueTime, claimWorkItem, listWorkLog, urgeWorkItem } from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, client, ann, bob, cid, admin, as, approved, filed, id, inbox } = desk

describe('urging', () => {
  it('reminds who has the work, in his language, at most once an hour', async () => {
    const { item } = await filed()
    await desk.set(ann, { locale: 'zh-CN' })
    await as(ann, (unit) => claimWorkItem(unit, item))
    tenant.setClock('2026-11-22T09:00:00Z')
    await as(client, (unit) => urgeWorkItem(unit, { id: item }))
    tenant.setClock('2026-11-22T09:59:59Z')
    await expect(as(client, (unit) => urgeWorkItem(unit, { id: item }))).rejects.toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('2026-11-22T10:00:00'),
      members: { retryAfterSeconds: 1 },
    })
    await as(admin, (unit) => urgeWorkItem(unit, { id: item }))
    tenant.setClock('2026-11-22T10:00:00Z')
    await as(client, (unit) => urgeWorkItem(unit, { id: item }))
    expect(await inbox(ann)).toEqual([
      'Cleo催办：“审批索赔”。',
      'Ada催办：“审批索赔”。',
      'Cleo催办：“审批索赔”。',
    ])
    expect(await inbox(bob)).toEqual([])
  })

  it('reaches each holder of the role once while nobody has it, even of many at the same moment', async () => {
    const { item } = await filed()
    const before = (await inbox(cid)).length
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => as(client, (unit) => urgeWorkItem(unit, { id: item }))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await inbox(cid)).toHaveLength(before + 1)
  })

  it('is not for those who have the work themselves', async () => {
    const { item } = await approved()
    await expect(as(ann, (unit) => urgeWorkItem(unit, { id: item }))).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the due time', () => {
  it('is changed by those above and by administrators, and logged with what it was', async () => {
    const { item } = await filed()
    await as(ann, (unit) => claimWorkItem(unit, item))
    const due = new Date('2026-12-01T12:00:00Z')
    await expect(as(ann, (unit) => changeDueTime(unit, { id: item, due }))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(as(bob, (unit) => changeDueTime(unit, { id: item, due }))).rejects.toMatchObject({
      code: 'not_found',
    })
    const chief = await tenant.person('Chief')
    await desk.set(ann, { manager: id(chief) })
    await as(chief, (unit) => changeDueTime(unit, { id: item, due }))
    await as(admin, (unit) => changeDueTime(unit, { id: item, due: null }))
    const log = await tenant.read(chief, (unit) => listWorkLog(unit, item))
    expect(log.slice(-2)).toMatchObject([
      { by: { name: 'Chief' }, detail: { due_at: [expect.any(String), due.toISOString()] } },
      { by: { name: 'Ada' }, detail: { due_at: [expect.any(String), null] } },
    ])
  })
})
