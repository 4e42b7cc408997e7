import type { Principal } from '../../platform/access/principal.ts'
import { importStatus, previewImport, runImport, startImport } from '../../platform/background/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { lifecyclePort } from '../../platform/processes/index.ts'
import { createModelStore } from '../../platform/publishing/index.ts'
import { createRecord, writingWork } from '../../platform/records/index.ts'

/** Opportunities from a CSV file, each with account, owner, state and process, in the database of the benchmark. */
export async function measureImport(
  database: Database,
  { tenant, rows = 20_000 }: { tenant: string; rows?: number },
): Promise<string> {
  const models = await createModelStore(database)
  const pool = await database.tenant(tenant)
  const ports = { lifecycle: lifecyclePort() }
  const operator = { ...person, userId: undefined }
  const work = {
    tenant,
    model: await models.current(tenant),
    principal: operator,
    now: new Date(),
    pool,
    ports,
  }
  const user = await writingWork(work, (unit) =>
    createRecord(unit, {
      object: 'user',
      values: { name: person.name, email: person.email, roles: [...person.roles] },
    }),
  )
  const importing = { ...work, principal: { ...person, userId: String(user.id) } }
  const begun = performance.now()
  const { file } = await previewImport(importing, {
    object: 'opportunity',
    fileName: 'opportunities.csv',
    bytes: Buffer.from(csv(rows)),
  })
  const previewed = performance.now()
  const { id } = await startImport(importing, {
    object: 'opportunity',
    file,
    entry: 'import',
    mapping: {
      number: 'external_number',
      account: 'account',
      owner: { field: 'owner', match: 'name' },
      stage: 'stage',
      amount: 'amount',
      engaged: 'engaged_on',
    },
  })
  const parts = {
    database,
    models,
    ports,
    clock: () => new Date(),
    person: () => Promise.resolve(importing.principal),
  }
  const job = {
    tenant,
    payload: { import: id },
    attempt: 1,
    attempts: 1,
    signal: new AbortController().signal,
  }
  while (['queued', 'running'].includes((await importStatus(importing, id)).status))
    await runImport(parts, job)
  const seconds = (performance.now() - previewed) / 1_000
  const { created, failed } = await importStatus(importing, id)
  await models.close()
  return (
    `import of ${rows} opportunities: ${Math.round(created / seconds)} rows/s, ${failed} refused, ` +
    `preview ${((previewed - begun) / 1_000).toFixed(1)} s`
  )
}

const person: Principal = {
  kind: 'person',
  userId: undefined,
  name: 'Olga Operator',
  email: 'olga.operator@example.com',
  roles: ['operations', 'administrator'],
  team: undefined,
  manager: undefined,
  locale: 'en',
  timeZone: 'UTC',
}

function csv(rows: number): string {
  const stages = ['Prospecting', 'Engaging', 'engaging']
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, '0')
    return `N${at},Account ${(at % 500) + 1},Person ${at % 100},${stages[at % 3]},"${at % 9},500.50",2026-03-${day}`
  })
  return ['number,account,owner,stage,amount,engaged', ...lines].join('\n')
}
