import type { Principal } from '../../platform/access/principal.ts'
import {
  importProblems,
  importStatus,
  previewImport,
  runImport,
  startImport,
  type BackgroundParts,
  type ImportProgress,
  type ImportRequest,
  type RowProblems,
} from '../../platform/background/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { listRecords } from '../../platform/records/index.ts'
import type { TestTenant } from '../harness/tenant.ts'

type Given = Omit<ImportRequest, 'file'>

/** Hands to import with, in the process of the test. */
export function importing(database: Database, tenant: TestTenant, people: readonly Principal[]) {
  const partsOf: BackgroundParts = {
    database,
    models: { current: () => Promise.resolve(tenant.model) },
    ports: tenant.work(people[0] as Principal).ports,
    clock: () => tenant.work(people[0] as Principal).now,
    person: ({ member }) => Promise.resolve(people.find(({ userId }) => userId === member)),
  }
  const upload = (principal: Principal, object: string, text: string | Uint8Array) =>
    previewImport(tenant.work(principal), {
      object,
      fileName: `${object}.csv`,
      bytes: typeof text === 'string' ? Buffer.from(text) : text,
    })
  const run = (id: string, signal = new AbortController().signal) =>
    runImport(partsOf, { tenant: 'test', payload: { import: id }, attempt: 1, attempts: 5, signal })
  return {
    parts: partsOf,
    upload,
    run,
    /** Uploads, imports to the end, and tells what came of it. */
    async import(
      principal: Principal,
      text: string | Uint8Array,
      request: Given,
    ): Promise<{ progress: ImportProgress; problems: readonly RowProblems[] }> {
      const { file } = await upload(principal, request.object, text)
      const work = tenant.work(principal)
      const { id } = await startImport(work, { ...request, file })
      // A long one gives way to other jobs from time to time.
      while (['queued', 'running'].includes((await importStatus(work, id)).status)) await run(id)
      return {
        progress: await importStatus(work, id),
        problems: (await importProblems(work, { id, limit: 10_000 })).rows,
      }
    },
    async rows(principal: Principal, object: string, fields: readonly string[], filter?: string) {
      const { rows } = await tenant.read(principal, (unit) =>
        listRecords(unit, { object, fields, sort: ['id'], limit: 200, ...(filter ? { filter } : {}) }),
      )
      return rows.map((row) => Object.fromEntries(fields.map((name) => [name, row[name]])))
    },
  }
}
