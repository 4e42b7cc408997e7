import { randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth/minimal'
import type { Database } from '../../database/index.ts'
import type { ServerSettings } from '../settings.ts'
import { authStorage } from './auth-storage.ts'

/** Where the routes of better-auth are mounted. */
export const authPath = '/api/auth'

export const shortestPassword = 10
export const longestPassword = 128

export type Auth = Awaited<ReturnType<typeof openAuth>>

/**
 * better-auth over the platform's tables: password and sessions. Nobody can sign up; accounts are made by
 * administrators and commands (accounts.ts). Limits, origin and header checks are the server's own.
 */
export async function openAuth({ database, settings }: { database: Database; settings: ServerSettings }) {
  return betterAuth({
    appName: 'Tessera',
    baseURL: settings.publicUrl?.origin ?? 'http://localhost',
    basePath: authPath,
    secret: await sharedSecret(database),
    database: authStorage(database.platform),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
    },
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

/** The secret that signs session cookies: TESSERA_SECRET, or one made once and shared by all nodes. */
async function sharedSecret({ platform: sql }: Database): Promise<string> {
  const given = process.env.TESSERA_SECRET
  if (given !== undefined && given !== '') {
    if (given.length < 32) throw new Error('TESSERA_SECRET is too short; use at least 32 random characters.')
    return given
  }
  await sql`
    insert into platform.setting (key, value) values ('session_secret', ${randomBytes(32).toString('base64url')})
    on conflict (key) do nothing`
  const [row] = await sql<
    { value: string }[]
  >`select value from platform.setting where key = 'session_secret'`
  return row!.value
}
