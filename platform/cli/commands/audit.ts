import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { audit, exportAudit, verifyAudit, type AuditFormat, type AuditHead } from '../../audit/index.ts'
import { migrateTenant, type Sql } from '../../database/index.ts'
import { UsageError, type Command, type ExitCode, type Invocation } from '../command.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera audit export|verify [--project FOLDER] [--tenant NAME] [--head NUMBER:HASH] [--file FILE]',
  description: [
    'The audit log of a tenant.',
    '',
    'verify   computes the seal of every entry anew and prints the last one. Keep it elsewhere and give it the',
    '         next time: then it is seen also when entries at the end were cut off.',
    'export   writes all entries, newest first, as CSV or, with --format ndjson, one JSON document a line. That it',
    '         was exported is an entry itself.',
    '',
    tenantOptionsHelp,
    '  --head NUMBER:HASH   an entry that an earlier verification printed',
    '  --format FORMAT      csv (default) or ndjson',
    '  --file FILE          where the export goes (default: standard output)',
  ].join('\n'),
  options: {
    ...tenantOptions,
    head: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    file: { type: 'string' },
  },
  positionals: ['ACT'],
  run: (invocation) => {
    const [act] = invocation.positionals
    if (act !== 'export' && act !== 'verify')
      throw new UsageError('Say what to do: audit export or audit verify.')
    return withDatabase(invocation, async ({ database, tenant }) => {
      await migrateTenant(database, tenant)
      const sql = await database.tenant(tenant)
      return act === 'verify' ? verify(sql, invocation) : write(sql, invocation)
    })
  },
}

async function verify(sql: Sql, { options, print }: Invocation): Promise<ExitCode> {
  const expected = headOf(options.head)
  const result = await verifyAudit(sql, expected === undefined ? {} : { expected })
  const { entries, head, faults } = result
  if (options.json === true) print(JSON.stringify(result, null, 2))
  else {
    for (const fault of faults) print(fault)
    if (faults.length === 0)
      print(entries === 0 ? 'The audit log is empty.' : `${entries} entries, each as it was sealed.`)
    if (head !== undefined) print(`Last entry: ${head.number}:${head.hash}`)
  }
  return faults.length === 0 ? 0 : 1
}

async function write(sql: Sql, { options, print }: Invocation): Promise<ExitCode> {
  const format = formatOf(options.format)
  await audit(
    { sql, principal: { kind: 'process', userId: undefined, name: 'Tessera' }, moment: { now: new Date() } },
    { action: 'export', detail: { what: 'audit', format } },
  )
  const parts = exportAudit(sql, { format, filter: {} })
  if (typeof options.file !== 'string') {
    for await (const part of parts) print(part.trimEnd())
    return 0
  }
  const file = createWriteStream(options.file, { mode: 0o600 })
  for await (const part of parts) if (!file.write(part)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
  return 0
}

function formatOf(given: Invocation['options'][string]): AuditFormat {
  if (given === 'csv' || given === 'ndjson') return given
  throw new UsageError(`--format: "${String(given)}" is neither csv nor ndjson.`)
}

function headOf(given: Invocation['options'][string]): AuditHead | undefined {
  if (typeof given !== 'string') return undefined
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(given) ?? []
  if (number === undefined || hash === undefined)
    throw new UsageError('--head: takes NUMBER:HASH as `tessera audit verify` prints it.')
  return { number: Number(number), hash }
}
