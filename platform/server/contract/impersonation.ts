import { z } from 'zod'
import { person, plainText } from './common.ts'

export const impersonationRequest = z
  .strictObject({
    person: z.uuid(),
    reason: plainText.trim().min(5).max(500).meta({ description: 'The person reads it.' }),
    minutes: z.number().int().min(1).max(60).default(30),
  })
  .meta({ id: 'ImpersonationRequest' })

export const impersonation = z
  .object({
    by: person.meta({ description: 'Who acts in the place of the person.' }),
    reason: z.string(),
    ends_at: z.string(),
    is_over: z.boolean().meta({ description: 'Its time has passed: nothing but ending it is possible.' }),
  })
  .meta({ id: 'Impersonation' })
