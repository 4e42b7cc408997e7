import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { audit, exportAudit, listAudit, needAuditor, type AuditFilter } from '../../audit/index.ts'
import { readingWork, writingWork } from '../../records/index.ts'
import { auditExportQuery, auditQuery } from '../contract/audit.ts'
import type { ServerEnv } from '../http/env.ts'
import { given } from '../meta/given.ts'

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' }

/** The audit log: a page of it, and all of it as a file; needs the feature "audit". */
export function auditRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const request = given(auditQuery.parse(c.req.query())) as Parameters<typeof listAudit>[1]
    return c.json(await listAudit(readingWork(c.get('work')), request))
  })

  routes.get('/export', async (c) => {
    const { format, ...rest } = auditExportQuery.parse(c.req.query())
    const filter = given(rest) as AuditFilter
    const work = c.get('work')
    // Who takes the log away is in it before the first line leaves.
    await writingWork(work, async (unit) => {
      needAuditor(unit)
      await audit(unit, { action: 'export', detail: { what: 'audit', format, filter } })
    })
    c.header('content-type', types[format])
    c.header('content-disposition', `attachment; filename="audit.${format}"`)
    return stream(c, async (out) => {
      for await (const part of exportAudit(work.pool, { format, filter })) await out.write(part)
    })
  })

  return routes
}
