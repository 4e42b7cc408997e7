import { z } from 'zod'
import { locale, plainText } from './common.ts'
import { impersonation } from './impersonation.ts'

export const tenantName = z.object({ name: z.string(), label: z.string() }).meta({ id: 'TenantName' })

export const credentials = z
  .strictObject({
    email: plainText.max(254),
    password: z.string().max(1_000),
    rememberMe: z.boolean().optional(),
  })
  .meta({ id: 'Credentials' })

export const signedIn = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    tenants: z.array(tenantName),
  })
  .meta({ id: 'SignedIn' })

export const session = z
  .object({
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      locale: z.string(),
      time_zone: z.string(),
      roles: z.array(z.string()),
    }),
    tenant: z.object({
      name: z.string(),
      label: z.string(),
      currency: z.string(),
      time_zone: z.string(),
      locale,
    }),
    tenants: z.array(tenantName),
    features: z.array(z.string()),
    impersonation: impersonation
      .optional()
      .meta({ description: 'Present where somebody acts for the user.' }),
    needs_second_factor: z.boolean().meta({
      description: 'A second factor has to be set up before anything else; other requests are refused.',
    }),
    version: z.object({ number: z.number().int(), hash: z.string() }),
  })
  .meta({ id: 'Session' })

export const sessionChange = z
  .strictObject({ locale: locale.optional(), time_zone: z.string().min(1).max(64).optional() })
  .meta({ id: 'SessionChange' })
