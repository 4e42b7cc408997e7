import { expect, it } from 'vitest'
import { freshDatabase } from '../../tests/harness/fresh-database.ts'
import { testTenant } from '../../tests/harness/tenant.ts'
import { createRecord, getRecord, readingWork, writingAndReading, type UnitOfWork } from './index.ts'

const tenant = await testTenant(await freshDatabase(), {
  object: {
    note: {
      name: 'note',
      label: 'Note',
      plural: 'Notes',
      name_field: 'title',
      fields: { title: { type: 'text', required: true } },
    },
  },
  role: {
    writer: { name: 'writer', label: 'Writer', objects: { note: { create: true, read: 'all' } } },
  },
})
const writer = await tenant.person('Writer', { roles: ['writer'] })
const create = (unit: UnitOfWork) => createRecord(unit, { object: 'note', values: { title: 'Noted' } })

it('reads the answer to a write in its transaction, before others can have changed it', async () => {
  const answer = await writingAndReading(tenant.work(writer), create, (unit, { id }) =>
    getRecord(unit, { object: 'note', id: String(id) }),
  )
  expect(answer.title).toBe('Noted')
})

it('undoes the write when its answer cannot be read', async () => {
  let id = ''
  const work = writingAndReading(tenant.work(writer), create, async (unit, record) => {
    id = String(record.id)
    await unit.sql.unsafe('select 1 / 0')
  })
  await expect(work).rejects.toMatchObject({ code: '22012' })
  await expect(tenant.read(writer, (unit) => getRecord(unit, { object: 'note', id }))).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('refuses an answer that would send a statement after the commit', async () => {
  const work = writingAndReading(tenant.work(writer), create, async (unit) => {
    await unit.sql.unsafe('select 1')
    await unit.sql.unsafe('select 2')
  })
  await expect(work).rejects.toThrow('all its statements at once')
})

it('lets a single read send nothing that nobody waits for', () => {
  expect(() => readingWork(tenant.work(writer)).later(Promise.resolve())).toThrow('Only a transaction')
})
