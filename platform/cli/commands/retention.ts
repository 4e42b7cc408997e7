import { enqueue } from '../../database/index.ts'
import { overdueRecords, retainedObjects } from '../../privacy/index.ts'
import { createModelStore } from '../../publishing/index.ts'
import { readingWork, type WorkOptions } from '../../records/index.ts'
import { systemPrincipal } from '../../server/identity/system-principal.ts'
import type { Command, ExitCode } from '../command.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase, type TenantWork } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera retention [--dry-run] [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Asks the worker of a running server to erase or delete now what is kept too long, instead of once a day.',
    'With --dry-run it changes nothing and lists the records of which the time is over.',
    '',
    tenantOptionsHelp,
    '  --dry-run          only lists',
  ].join('\n'),
  options: { ...tenantOptions, 'dry-run': { type: 'boolean', default: false } },
  run: (invocation) =>
    withDatabase(invocation, async (given): Promise<ExitCode> => {
      const { options, print } = invocation
      if (options['dry-run'] !== true) {
        const sql = await given.database.tenant(given.tenant)
        await enqueue(sql, { task: 'retention', payload: {}, jobKey: 'retention' })
        print('The worker carries it out with its next job.')
        return 0
      }
      const found = await findOverdue(given)
      if (options.json === true) print(JSON.stringify(found, null, 2))
      else for (const line of found.flatMap(linesOf)) print(line)
      if (found.length === 0 && options.json !== true) print('No object says how long its records are kept.')
      return 0
    }),
}

interface Overdue {
  readonly object: string
  readonly after: string
  readonly then: 'erase' | 'delete'
  readonly ids: readonly string[]
}

async function findOverdue({ database, tenant, plugins }: TenantWork): Promise<Overdue[]> {
  const models = await createModelStore(database, plugins)
  try {
    const model = await models.current(tenant)
    const pool = await database.tenant(tenant)
    const work: WorkOptions = {
      ...{ tenant, model, pool, ports: {} },
      principal: systemPrincipal(model),
      now: new Date(),
    }
    const found: Overdue[] = []
    for (const object of retainedObjects(work)) {
      const ids = await allOverdue(work, object)
      const { after = '', outcome = 'erase' } = object.privacy.retention ?? {}
      found.push({ object: object.name, after, then: outcome, ids })
    }
    return found
  } finally {
    await models.close()
  }
}

type Retained = ReturnType<typeof retainedObjects>[number]

async function allOverdue(work: WorkOptions, object: Retained): Promise<string[]> {
  const limit = 1_000
  const all: string[] = []
  for (;;) {
    const page = await overdueRecords(readingWork(work), { object, after: all.at(-1) ?? null, limit })
    all.push(...page)
    if (page.length < limit) return all
  }
}

function linesOf({ object, after, then, ids }: Overdue): string[] {
  return [`${object}: ${ids.length} to ${then} (kept for ${after})`, ...ids.map((id) => `  ${id}`)]
}
