import { expect, it } from 'vitest'
import { attachFile, createRecord, findAttachment, listAttachments } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()

it('two tenants see nothing of the files of the other, even under the same ids', async () => {
  const tenants = await Promise.all(
    ['one', 'two'].map((name) => testTenant(database, declarations, { name })),
  )
  const record = '018f0000-0000-7000-8000-000000000001'
  const [mine, theirs] = await Promise.all(
    tenants.map(async (tenant, at) => {
      const clerk = await tenant.person('Cleo', { roles: ['clerk'] })
      await tenant.write(clerk, (unit) =>
        createRecord(unit, { object: 'contract', values: { title: 'Lease' } }, { id: record }),
      )
      const bytes = Buffer.from(`Of tenant ${at}`)
      const content = {
        size: bytes.length,
        sha256: '0'.repeat(64),
        async *parts() {
          yield bytes
        },
      }
      const file = { fileName: `${at}.txt`, mediaType: 'text/plain', content }
      const { id } = await tenant.write(clerk, (unit) =>
        attachFile(unit, { object: 'contract', record, file }),
      )
      const place = { object: 'contract', record }
      return { tenant, clerk, id, place }
    }),
  )
  for (const [own, other] of [
    [mine!, theirs!],
    [theirs!, mine!],
  ] as const) {
    const { attachments } = await own.tenant.read(own.clerk, (unit) => listAttachments(unit, own.place))
    expect(attachments.map(({ id }) => id)).toEqual([own.id])
    await expect(
      own.tenant.read(own.clerk, (unit) => findAttachment(unit, { ...own.place, id: other.id })),
    ).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(mine!.tenant.sql`select * from t_two._attachment_chunk`).rejects.toMatchObject({
    code: '42501',
  })
})
