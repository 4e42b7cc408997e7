import { z } from 'zod'

const password = z.string().max(1_000)
const code = z.string().min(1).max(40)

export const factorAsked = z
  .object({ next: z.literal('second_factor') })
  .meta({ id: 'FactorAsked', description: 'The password is right; POST /api/auth/second-factor goes on.' })

export const factorAnswer = z.strictObject({ code }).meta({ id: 'FactorAnswer' })

export const passwordChoice = z
  .strictObject({ token: z.string().min(1).max(200), newPassword: password })
  .meta({ id: 'PasswordChoice' })

export const signInWays = z
  .object({
    shortest_password: z.number().int(),
    providers: z.array(z.object({ name: z.string(), label: z.string() })),
  })
  .meta({ id: 'SignInWays' })

export const ownSession = z
  .object({
    id: z.string(),
    user_agent: z.string().nullable(),
    address: z.string().nullable(),
    created_at: z.string(),
    used_at: z.string(),
    is_current: z.boolean(),
  })
  .meta({ id: 'OwnSession' })

export const accountSecurity = z
  .object({
    has_password: z.boolean(),
    shortest_password: z.number().int(),
    second_factor: z
      .object({ confirmed_at: z.string(), recovery_codes_left: z.number().int() })
      .nullable()
      .meta({ description: 'null where none is set up.' }),
    needs_second_factor: z.boolean().meta({ description: 'Whether a role asks for one.' }),
    sessions: z.array(ownSession),
  })
  .meta({ id: 'AccountSecurity' })

export const passwordChange = z
  .strictObject({ current: password.optional(), password })
  .meta({ id: 'PasswordChange' })

export const confirmation = z.strictObject({ password: password.optional() }).meta({
  id: 'Confirmation',
  description: 'The own password; who has none signs in anew a few minutes before.',
})

export const begunFactor = z
  .object({
    setup_key: z.string().meta({ description: 'To be typed where no QR code can be read; base32.' }),
    uri: z.string().meta({ description: 'What the QR code says: otpauth://totp/…' }),
  })
  .meta({ id: 'BegunFactor' })

export const recoveryCodes = z
  .object({
    recovery_codes: z
      .array(z.string())
      .meta({ description: 'Shown this once; only their hashes are kept. Each works once.' }),
  })
  .meta({ id: 'RecoveryCodes' })
