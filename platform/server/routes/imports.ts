import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { HTTPException } from 'hono/http-exception'
import { TesseraError } from '../../access/errors.ts'
import {
  cancelImport,
  delimiters,
  encodings,
  importProblems,
  importProblemsCsv,
  importStatus,
  listImports,
  previewImport,
  startImport,
  unknownValues,
} from '../../background/index.ts'
import { importOrder, importProblemsQuery, previewQuery } from '../contract/imports.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'

/** Importing CSV files: preview, start, progress, problems, cancel. */
export function importRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.post('/preview', async (c) => {
    const {
      object,
      file_name: fileName = 'import.csv',
      encoding,
      delimiter,
    } = previewQuery.parse(c.req.query())
    const type = c.req.header('content-type') ?? ''
    if (!/^(?:text\/(?:csv|plain)|application\/(?:csv|octet-stream|vnd\.ms-excel))\s*(?:;|$)/i.test(type))
      throw new HTTPException(415, { message: `The content type is "${type || 'missing'}"; send text/csv.` })
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const preview = await previewImport(c.get('work'), {
      object,
      fileName,
      bytes,
      ...(encoding === undefined ? {} : { encoding: oneOf(encodings, encoding, 'encoding') }),
      ...(delimiter === undefined ? {} : { delimiter: oneOf(delimiters, delimiter, 'delimiter') }),
    })
    return c.json(preview)
  })

  routes.post('/', async (c) => c.json(await startImport(c.get('work'), await readJson(c, importOrder)), 202))

  routes.get('/', async (c) => c.json({ imports: await listImports(c.get('work')) }))

  routes.get('/:id', async (c) => c.json(await importStatus(c.get('work'), c.req.param('id'))))

  routes.post('/:id/cancel', async (c) => c.json(await cancelImport(c.get('work'), c.req.param('id'))))

  routes.get('/:id/problems', async (c) => {
    const { after } = importProblemsQuery.parse(c.req.query())
    const { rows, next } = await importProblems(c.get('work'), {
      id: c.req.param('id'),
      ...(after === undefined ? {} : { after }),
    })
    return c.json({ rows, next: next === null ? null : String(next) })
  })

  routes.get('/:id/unknown-values', async (c) =>
    c.json({ values: await unknownValues(c.get('work'), c.req.param('id')) }),
  )

  routes.get('/:id/problems.csv', async (c) => {
    const id = c.req.param('id')
    // The first part is made before the answer begins, so that a refusal is still a problem document.
    const parts = importProblemsCsv(c.get('work'), id)
    const first = await parts.next()
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="problems-${id}.csv"`)
    return stream(c, async (out) => {
      if (!first.done) await out.write(first.value)
      for await (const part of parts) await out.write(part)
    })
  })

  return routes
}

function oneOf<T extends string>(known: readonly T[], value: string, name: string): T {
  const found = known.find((each) => each === value)
  if (found === undefined)
    throw new TesseraError(
      'bad_request',
      `${name}: "${value}" is not one of ${known.map((each) => JSON.stringify(each)).join(', ')}.`,
    )
  return found
}
