import type { JsonSchema } from '../contract/components.ts'
import { operation, schemaRef } from './operation.ts'

const bytes: JsonSchema = { type: 'string', format: 'binary', description: 'The bytes of the file.' }
const bytesType = 'application/octet-stream'

/** The addresses of the files at a place, such as `/api/work-items/{id}`. */
export function attachmentPaths(
  root: string,
  { tag, name }: { tag: string; name: string },
): Record<string, Record<string, JsonSchema>> {
  const one = { tag, path: ['id', 'attachment'] }
  return {
    [`${root}/attachments`]: {
      get: operation({
        id: `attachments_of_${name}`,
        tag,
        summary: 'The attached files',
        path: ['id'],
        answer: schemaRef('Attachments'),
      }),
      post: operation({
        id: `attach_to_${name}`,
        tag,
        summary: 'Attach a file',
        description: 'The body is the file, with its type as content type.',
        path: ['id'],
        query: { file_name: { description: 'The name of the file.' } },
        body: bytes,
        bodyType: bytesType,
        answer: schemaRef('Attachment'),
        status: 201,
      }),
    },
    [`${root}/attachments/{attachment}`]: {
      get: operation({
        ...one,
        id: `attachment_of_${name}`,
        summary: 'A file itself',
        answer: bytes,
        answerType: bytesType,
      }),
      delete: operation({ ...one, id: `detach_from_${name}`, summary: 'Remove a file' }),
    },
    [`${root}/attachments/{attachment}/restore`]: {
      post: operation({
        ...one,
        id: `reattach_to_${name}`,
        summary: 'Bring a file back that was removed',
        answer: schemaRef('Attachment'),
      }),
    },
  }
}
