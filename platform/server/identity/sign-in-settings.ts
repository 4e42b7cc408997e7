import { providersFrom, type ProviderSettings } from './providers/provider-settings.ts'
import { defaultShortestPassword, longestPassword } from './auth-rules.ts'

/** How people sign in to this installation. */
export interface SignInSettings {
  readonly shortestPassword: number
  /** A session that is not used for so long has ended. */
  readonly idleHours: number
  /** So long after signing in it has ended in any case. */
  readonly longestDays: number
  readonly providers: readonly ProviderSettings[]
}

export const defaultSignIn: SignInSettings = {
  shortestPassword: defaultShortestPassword,
  idleHours: 72,
  longestDays: 30,
  providers: [],
}

/**
 * What the environment asks for: TESSERA_PASSWORD_LENGTH, TESSERA_SESSION_IDLE_HOURS, TESSERA_SESSION_DAYS and
 * the providers.
 * @throws where one of them is not a number that makes sense
 */
export function signInSettingsFrom(environment: NodeJS.ProcessEnv): SignInSettings {
  return {
    shortestPassword: whole(environment, {
      name: 'TESSERA_PASSWORD_LENGTH',
      what: 'the shortest password in characters',
      from: 8,
      to: Math.floor(longestPassword / 2),
      otherwise: defaultSignIn.shortestPassword,
    }),
    idleHours: whole(environment, {
      name: 'TESSERA_SESSION_IDLE_HOURS',
      what: 'the hours after which an unused session ends',
      from: 1,
      to: 24 * 90,
      otherwise: defaultSignIn.idleHours,
    }),
    longestDays: whole(environment, {
      name: 'TESSERA_SESSION_DAYS',
      what: 'the days after which every session ends',
      from: 1,
      to: 365,
      otherwise: defaultSignIn.longestDays,
    }),
    providers: providersFrom(environment),
  }
}

function whole(
  environment: NodeJS.ProcessEnv,
  {
    name,
    what,
    from,
    to,
    otherwise,
  }: { name: string; what: string; from: number; to: number; otherwise: number },
): number {
  const text = environment[name]
  if (!text) return otherwise
  const number = Number(text)
  if (Number.isInteger(number) && number >= from && number <= to) return number
  throw new Error(`${name} is "${text}"; write ${what}, from ${from} to ${to}.`)
}
