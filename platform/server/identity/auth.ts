import { betterAuth } from 'better-auth/minimal'
import type { Database } from '../../database/index.ts'
import type { ServerSettings } from '../settings.ts'
import { authStorage } from './auth-storage.ts'
import { authPath, longestPassword, shortestPassword } from './auth-rules.ts'

export type Auth = ReturnType<typeof openAuth>

/**
 * better-auth over the platform's tables: password and sessions. Nobody can sign up; accounts are made by
 * administrators and commands (accounts.ts). Limits, origin and header checks are the server's own.
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
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
    },
    // Who reads the table can accept nobody's invitation.
    verification: { storeIdentifier: { default: 'plain', overrides: { 'reset-password:': 'hashed' } } },
    session: { expiresIn: 14 * day, updateAge: day },
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

const day = 24 * 60 * 60
