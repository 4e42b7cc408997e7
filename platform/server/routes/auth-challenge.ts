import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { ServerEnv } from '../http/env.ts'
import type { FactorAsked } from '../identity/let-in.ts'

/** Carries the token of a sign-in whose second factor is still to be shown. */
export const challengeCookie = 'tessera.challenge'

export function setChallenge(
  c: Context<ServerEnv>,
  { token, seconds }: FactorAsked['challenge'],
  { isSecure }: { isSecure: boolean },
): void {
  setCookie(c, challengeCookie, token, { ...attributes, sameSite: 'Lax', secure: isSecure, maxAge: seconds })
}

export function clearChallenge(c: Context<ServerEnv>): void {
  setCookie(c, challengeCookie, '', { ...attributes, maxAge: 0 })
}

const attributes = { path: '/api/auth', httpOnly: true } as const
