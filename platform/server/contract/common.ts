import { z } from 'zod'

/** A text for people: one string, or one per locale. */
export const localText = z.union([z.string(), z.record(z.string(), z.string())]).meta({ id: 'LocalText' })

export const locale = z.enum(['en', 'zh-CN']).meta({ id: 'Locale' })

export const fault = z
  .object({
    field: z.string().optional(),
    path: z.string().optional(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Fault', description: 'A fault at one field or place of a request.' })

/** The values of a record, passed through as they came: the write path checks them field by field. */
export const values = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'Expected an object with the fields by name.',
  )
  .meta({ id: 'Values', type: 'object', description: 'Values by field.' })

export const record = z
  .looseObject({ id: z.string(), version: z.number().int() })
  .meta({ id: 'RecordData', description: 'A record: id, version and the fields by name; a blank is null.' })

export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    request_id: z.string().optional(),
    faults: z.array(fault).optional(),
    current: record.optional(),
    changed: z.array(z.string()).optional(),
    possible: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

export const person = z.object({ id: z.string(), name: z.string().nullable() }).meta({ id: 'Person' })

export const colour = z.enum(['grey', 'blue', 'violet', 'green', 'amber', 'red']).meta({ id: 'Colour' })

export const stateTag = z
  .object({ value: z.string(), label: localText, colour: colour.optional() })
  .meta({ id: 'StateTag', description: 'What records are going through in a state, whatever the process.' })

/** A text that the database can hold: well-formed, without NUL. */
export const plainText = z
  .string()
  .refine(
    (text) => !text.includes('\u0000') && text.isWellFormed(),
    'Contains NUL or half of a surrogate pair.',
  )

/** Names in one parameter, separated by commas. */
export const names = z
  .string()
  .max(4_000)
  .transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
