import { expect, it } from 'vitest'
import { attachFile, createRecord, type FileContent } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const clerk = await tenant.person('Cleo', { roles: ['clerk'] })
const made = await tenant.write(clerk, (unit) =>
  createRecord(unit, { object: 'contract', values: { title: 'Lease' } }),
)
const place = { object: 'contract', record: String(made.id) }

const part = Buffer.alloc(256 * 1024, 7)

/** Three chunks; something happens between the second and the third. */
function interrupted(happening: () => Promise<unknown>): FileContent {
  return {
    size: 3 * part.length,
    sha256: '0'.repeat(64),
    async *parts() {
      yield part
      yield part
      await happening()
      yield part
    },
  }
}

let backend = 0
const attach = (content: FileContent) =>
  tenant.write(clerk, async (unit) => {
    const [row] = await unit.sql.unsafe('select pg_backend_pid() as pid')
    backend = (row as unknown as { pid: number }).pid
    return attachFile(unit, { ...place, file: { fileName: 'a.bin', mediaType: 'a/b', content } })
  })

async function expectNothing(): Promise<void> {
  const [row] = await tenant.sql`
    select (select count(*)::int from _attachment) as files, (select count(*)::int from _attachment_chunk) as chunks,
      (select count(*)::int from _change where action = 'note') as notes`
  expect(row).toEqual({ files: 0, chunks: 0, notes: 0 })
}

it('leaves nothing where the connection to the database is ended in the midst of it', async () => {
  const end = () => database.platform`select pg_terminate_backend(${backend}, 5000)`
  await expect(attach(interrupted(end))).rejects.toThrow()
  await expectNothing()
})

it('leaves nothing where the file cannot be read to its end', async () => {
  await expect(attach(interrupted(() => Promise.reject(new Error('The disk is gone.'))))).rejects.toThrow(
    'The disk is gone.',
  )
  await expectNothing()
})

it('leaves nothing where the file is shorter than it was', async () => {
  const { parts: _, ...rest } = interrupted(() => Promise.resolve())
  const shorter: FileContent = {
    ...rest,
    async *parts() {
      yield part
    },
  }
  await expect(attach(shorter)).rejects.toThrow('it changed while it was written')
  await expectNothing()
})

it('leaves nothing where the right to it is lost meanwhile', async () => {
  const chief = await tenant.person('Ada', { roles: ['chief'] })
  const give = () =>
    tenant.sql`update contract set owner = ${chief.userId as string} where id = ${place.record}`
  await expect(attach(interrupted(give))).rejects.toMatchObject({ code: 'not_found' })
  await expectNothing()
  await tenant.sql`update contract set owner = ${clerk.userId as string} where id = ${place.record}`
})

it('stores the whole in the end, in chunks of one size whatever the parts were', async () => {
  const sizes = [1, 100_000, 400_000, 0, 262_144]
  const content: FileContent = {
    size: sizes.reduce((sum, size) => sum + size),
    sha256: '0'.repeat(64),
    async *parts() {
      for (const size of sizes) yield Buffer.alloc(size, size % 251)
    },
  }
  const { id } = await attach(content)
  const chunks = await tenant.sql<{ size: number }[]>`
    select length(bytes) as size from _attachment_chunk where attachment = ${id} order by number`
  expect(chunks.map(({ size }) => size)).toEqual([262_144, 262_144, 237_857])
})
