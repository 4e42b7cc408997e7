import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import {
  attachToWork,
  checkAttachingToWork,
  detachFromWork,
  findWorkAttachment,
  listWorkAttachments,
  reattachToWork,
} from '../../processes/index.ts'
import {
  attachFile,
  checkAttaching,
  checkFileName,
  findAttachment,
  listAttachments,
  readContent,
  readingWork,
  removeAttachment,
  restoreAttachment,
  writingWork,
  type Attachment,
  type AttachmentRow,
  type Attachments,
  type NewFile,
  type UnitOfWork,
} from '../../records/index.ts'
import { uploadQuery } from '../contract/attachments.ts'
import { answerFile } from '../http/answer-file.ts'
import type { ServerEnv } from '../http/env.ts'
import { identified } from '../http/identify.ts'
import { checkLength, createFileTaker } from '../http/take-file.ts'
import type { ServerParts } from '../parts.ts'

/** Files at a place: those of a record, or those of a work item. */
interface Files {
  list(unit: UnitOfWork): Promise<Attachments>
  check(unit: UnitOfWork): Promise<void>
  attach(unit: UnitOfWork, file: NewFile): Promise<Attachment>
  find(unit: UnitOfWork, id: string): Promise<AttachmentRow>
  remove(unit: UnitOfWork, id: string): Promise<void>
  restore(unit: UnitOfWork, id: string): Promise<Attachment>
}

/** Files attached to records and to work: the bytes are the body, both ways. */
export function attachmentRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { live, settings } = parts
  const routes = new Hono<ServerEnv>()
  const mostBytes = settings.attachmentLimitBytes
  const taker = createFileTaker({ mostBytes })

  const serve = (root: string, filesOf: (c: Context<ServerEnv>) => Files, isWork: boolean) => {
    const changed = (c: Context<ServerEnv>) => {
      if (isWork) live.tellWork(c.get('work').tenant)
    }
    const idIn = (c: Context<ServerEnv>) => c.req.param('attachment') as string

    routes.get(root, async (c) => {
      const list = await filesOf(c).list(readingWork(c.get('work')))
      return c.json({ ...list, largest: mostBytes })
    })

    routes.post(root, async (c) => {
      const files = filesOf(c)
      const { file_name: fileName } = uploadQuery.parse(c.req.query())
      const mediaType = mediaTypeOf(c.req.header('content-type'))
      checkFileName(fileName)
      checkLength(c.req.header('content-length'), mostBytes)
      // Who may not attach it is told before he sends it.
      await writingWork(c.get('work'), (unit) => files.check(unit))
      const made = await taker.take(c.req.raw.body, async (content) => {
        // It may have been minutes on its way: roles, keys and the Model may be others by now.
        const { work } = await identified(parts, c)
        return writingWork(work, (unit) => files.attach(unit, { fileName, mediaType, content }))
      })
      changed(c)
      return c.json(made, 201, { location: `${c.req.path}/${made.id}` })
    })

    routes.get(`${root}/:attachment`, async (c) => {
      const unit = readingWork(c.get('work'))
      const row = await filesOf(c).find(unit, idIn(c))
      return answerFile(c, row, readContent(unit, { attachment: row.id, size: row.size }))
    })

    routes.delete(`${root}/:attachment`, async (c) => {
      await writingWork(c.get('work'), (unit) => filesOf(c).remove(unit, idIn(c)))
      changed(c)
      return c.body(null, 204)
    })

    routes.post(`${root}/:attachment/restore`, async (c) => {
      const restored = await writingWork(c.get('work'), (unit) => filesOf(c).restore(unit, idIn(c)))
      changed(c)
      return c.json(restored)
    })
  }

  serve('/records/:object/:id/attachments', filesOfRecord, false)
  serve('/work-items/:id/attachments', filesOfWork, true)
  return routes
}

function filesOfRecord(c: Context<ServerEnv>): Files {
  const place = { object: c.req.param('object') as string, record: c.req.param('id') as string }
  return {
    list: (unit) => listAttachments(unit, place),
    check: (unit) => checkAttaching(unit, place),
    attach: (unit, file) => attachFile(unit, { ...place, file }),
    find: (unit, id) => findAttachment(unit, { ...place, id }),
    remove: (unit, id) => removeAttachment(unit, { ...place, id }),
    restore: (unit, id) => restoreAttachment(unit, { ...place, id }),
  }
}

function filesOfWork(c: Context<ServerEnv>): Files {
  const item = c.req.param('id') as string
  return {
    list: (unit) => listWorkAttachments(unit, item),
    check: (unit) => checkAttachingToWork(unit, item),
    attach: (unit, file) => attachToWork(unit, { id: item, file }),
    find: (unit, id) => findWorkAttachment(unit, { item, id }),
    remove: (unit, id) => detachFromWork(unit, { item, id }),
    restore: (unit, id) => reattachToWork(unit, { item, id }),
  }
}

const unknownType = 'application/octet-stream'

/**
 * The type of the file without its parameters (RFC 9110, section 8.3); unknown where the header does not name one.
 * @throws HTTPException 415 for a form, whose parts would be stored with their borders
 */
function mediaTypeOf(header: string | undefined): string {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data')
    throw new HTTPException(415, { message: 'Send the bytes of the file as the body, not a form.' })
  const isType = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/.test(type)
  return isType && type !== 'application/x-www-form-urlencoded' ? type : unknownType
}
