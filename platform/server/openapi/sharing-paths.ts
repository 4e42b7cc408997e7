import type { JsonSchema } from '../contract/components.ts'
import { operation, schemaRef } from './operation.ts'

/** With whom a record is shared, at `root` such as `/api/records/deal/{id}`. */
export function sharingPaths(
  root: string,
  { tag, name }: { tag: string; name: string },
): Record<string, Record<string, JsonSchema>> {
  return {
    [`${root}/shares`]: {
      get: operation({
        id: `shares_of_${name}`,
        tag,
        summary: 'With whom it is shared by hand',
        path: ['id'],
        answer: schemaRef('Shares'),
      }),
      post: operation({
        id: `share_${name}`,
        tag,
        summary: 'Share it with a person, a team or a role; the same again changes how',
        path: ['id'],
        body: schemaRef('ShareRequest'),
        answer: schemaRef('Shares'),
        status: 201,
      }),
    },
    [`${root}/shares/{share}`]: {
      delete: operation({
        id: `end_share_of_${name}`,
        tag,
        summary: 'End a share',
        path: ['id', 'share'],
      }),
    },
  }
}
