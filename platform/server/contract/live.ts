import { z } from 'zod'

/** What GET /api/changes sends, one object an event. */
export const liveEvent = z
  .discriminatedUnion('event', [
    z.object({
      event: z.literal('change'),
      data: z.object({
        object: z.string(),
        id: z.string(),
        version: z.number().int(),
        action: z.string(),
      }),
    }),
    z
      .object({ event: z.literal('many'), data: z.object({ objects: z.array(z.string()) }) })
      .meta({ description: 'So much has changed that records are not told one by one.' }),
    z.object({ event: z.literal('published'), data: z.object({ hash: z.string() }) }),
    z.object({ event: z.literal('work'), data: z.record(z.string(), z.unknown()) }),
  ])
  .meta({ id: 'LiveEvent' })
