import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import {
  attachFile,
  createRecord,
  discardAttachment,
  listAttachments,
  readingWork,
  removeAttachment,
  restoreAttachment,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
let clerk: Principal
let place: { object: string; record: string }

beforeAll(async () => {
  clerk = await tenant.person('Cleo', { roles: ['clerk'] })
  const made = await tenant.write(clerk, (unit) =>
    createRecord(unit, { object: 'contract', values: { title: 'Lease' } }),
  )
  place = { object: 'contract', record: String(made.id) }
})

async function attached(): Promise<string> {
  const bytes = Buffer.from('Rent is due.')
  const content = {
    size: bytes.length,
    sha256: '0'.repeat(64),
    async *parts() {
      yield bytes
    },
  }
  const file = { fileName: 'a.txt', mediaType: 'text/plain', content }
  return (await tenant.write(clerk, (unit) => attachFile(unit, { ...place, file }))).id
}

const remove = (id: string) => tenant.write(clerk, (unit) => removeAttachment(unit, { ...place, id }))
const jobsFor = async (id: string) =>
  database.platform<{ runAt: string }[]>`
    select run_at as "runAt" from graphile_worker.jobs where key like ${`%attachment ${id}`}`
const isThere = async (id: string) => {
  const [row] = await tenant.sql`
    select (select count(*)::int from _attachment where id = ${id}) as files,
      (select count(*)::int from _attachment_chunk where attachment = ${id}) as chunks`
  return [row?.files, row?.chunks]
}

describe('what was removed', () => {
  it('is kept for 30 days, then discarded by the worker with its bytes', async () => {
    tenant.setClock('2026-03-01T08:00:00.000Z')
    const id = await attached()
    await remove(id)
    expect(await jobsFor(id)).toMatchObject([{ runAt: '2026-03-31T08:00:00.000Z' }])
    tenant.setClock('2026-03-31T07:59:59.000Z')
    await discardAttachment(readingWork(tenant.work(clerk)), id)
    expect(await isThere(id)).toEqual([1, 1])
    tenant.setClock('2026-03-31T08:00:00.000Z')
    // The job of the database's past is due at once.
    const worker = await startWorker({
      database,
      handlers: taskHandlers({
        database,
        models: { current: () => Promise.resolve(tenant.model) },
        ports: {},
        clock: () => new Date('2026-03-31T08:00:00.000Z'),
        person: () => Promise.resolve(undefined),
      }),
    })
    afterAll(() => worker.stop())
    await expect.poll(() => isThere(id), { timeout: 15_000 }).toEqual([0, 0])
    await expect(
      tenant.write(clerk, (unit) => restoreAttachment(unit, { ...place, id })),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is not discarded where it was brought back', async () => {
    tenant.setClock('2099-03-01T08:00:00.000Z')
    const id = await attached()
    await remove(id)
    expect(await jobsFor(id)).toHaveLength(1)
    await tenant.write(clerk, (unit) => restoreAttachment(unit, { ...place, id }))
    expect(await jobsFor(id)).toEqual([])
    tenant.setClock('2099-06-01T08:00:00.000Z')
    await discardAttachment(readingWork(tenant.work(clerk)), id)
    expect(await isThere(id)).toEqual([1, 1])
  })

  it('is removed once, by whoever comes first', async () => {
    const id = await attached()
    const outcomes = await Promise.allSettled([remove(id), remove(id)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [rejected] = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(rejected?.reason).toMatchObject({ code: 'not_found' })
  })
})

it('files follow their object when it gets another name', async () => {
  const id = await attached()
  const named = JSON.parse(
    JSON.stringify(declarations)
      .replaceAll('"contract"', '"agreement"')
      .replaceAll('clause.contract', 'clause.agreement'),
  )
  named.object.agreement.formerly = 'contract'
  named.object.clause.fields.agreement.formerly = 'contract'
  const model = modelFromDocuments(named)
  await publishModel({ database, tenant: 'test', model })
  const unit = readingWork({ ...tenant.work(clerk), model })
  const { attachments } = await listAttachments(unit, { ...place, object: 'agreement' })
  expect(attachments.map((each) => each.id)).toContain(id)
})
