import { betterAuth } from 'better-auth/minimal'
import type { Database } from '../../database/index.ts'
import type { ServerSettings } from '../settings.ts'
import { authStorage } from './auth-storage.ts'
import { authPath, longestPassword } from './auth-rules.ts'
import { hashPassword, verifyPassword } from './passwords/password-hash.ts'
import { sessionOpening } from './sessions/session-opening.ts'

export type Auth = ReturnType<typeof openAuth>

/**
 * better-auth over the platform's tables: sessions with their cookies, and passwords by the token of an invitation.
 * Nobody can sign up; accounts are made by administrators and commands (accounts.ts). Passwords, second factors and
 * providers are checked by us (sign-in.ts). Limits, origin and header checks are the server's own.
 */
export function openAuth({
  database,
  settings,
  secret,
}: {
  database: Database
  settings: ServerSettings
  /** Signs the cookies of sessions. */
  secret: string
}) {
  const { shortestPassword, idleHours } = settings.signIn
  return betterAuth({
    appName: 'Tessera',
    baseURL: settings.publicUrl?.origin ?? 'http://localhost',
    basePath: authPath,
    secret,
    database: authStorage(database.platform),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      // better-auth counts UTF-16 units, of which a character takes up to two.
      maxPasswordLength: 2 * longestPassword,
      password: { hash: hashPassword, verify: verifyPassword },
      revokeSessionsOnPasswordReset: true,
    },
    // Who reads the table can accept nobody's invitation.
    verification: { storeIdentifier: { default: 'plain', overrides: { 'reset-password:': 'hashed' } } },
    session: {
      expiresIn: idleHours * hour,
      updateAge: noticedMinutes * 60,
      additionalFields: { secondFactor: { type: 'string', required: false, input: false } },
    },
    plugins: [sessionOpening],
    advanced: {
      cookiePrefix: 'tessera',
      useSecureCookies: settings.publicUrl?.protocol === 'https:',
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

const hour = 60 * 60
/** How exactly it is known when a session was last used. */
const noticedMinutes = 5
