import { TesseraError } from '../../../access/errors.ts'
import type { Database } from '../../../database/index.ts'
import type { Log } from '../../observe/log.ts'
import type { ServerSettings } from '../../settings.ts'
import type { Auth } from '../auth.ts'
import type { Identities } from '../identities.ts'
import { letIn, type FactorAsked, type SignedIn } from '../let-in.ts'
import { recordAttempt } from '../record-attempt.ts'
import { createOpenId, type OpenIdFlow } from './openid.ts'
import { vouchedAccount, type VouchRefusal } from './provider-accounts.ts'
import type { ProviderSettings } from './provider-settings.ts'

/** How a sign-in with a provider ended; `failed` where the provider or the way back was not right. */
export type ProviderOutcome =
  SignedIn | FactorAsked | { readonly refused: VouchRefusal | 'no_tenant' | 'failed' }

export interface ProviderSignIn {
  /** @throws TesseraError not_found for an unknown provider, unavailable where it cannot be reached */
  begin(request: {
    provider: string
    origin: string
    to: string
  }): Promise<{ url: string; sealed: string; seconds: number }>
  finish(answer: {
    provider: string
    sealed: string
    search: string
    address: string
    headers: Headers
  }): Promise<{ readonly to: string; readonly outcome: ProviderOutcome }>
}

const validMinutes = 10
const place = 'cookie.openid'

interface Remembered {
  readonly flow: OpenIdFlow
  readonly to: string
  readonly until: number
}

/** Signing in with a provider of OpenID Connect. What has to be remembered travels in a sealed cookie. */
export function createProviderSignIn(parts: {
  database: Database
  auth: () => Promise<Auth>
  identities: Identities
  settings: ServerSettings
  clock: () => Date
  log: Log
}): ProviderSignIn {
  const { database, settings, clock, log } = parts
  const { providers } = settings.signIn
  const openId = createOpenId()

  function providerNamed(name: string): ProviderSettings {
    const provider = providers.find((each) => each.name === name)
    if (provider === undefined)
      throw new TesseraError('not_found', `There is no provider "${name}" to sign in with.`)
    return provider
  }

  function remembered(sealed: string, provider: ProviderSettings): Remembered | undefined {
    try {
      const found = JSON.parse(database.secrets.open(sealed, place)) as Remembered
      return found.until > clock().getTime() && found.flow.provider === provider.name ? found : undefined
    } catch {
      return undefined
    }
  }

  async function enter(
    provider: ProviderSettings,
    {
      flow,
      search,
      address,
      headers,
    }: { flow: OpenIdFlow; search: string; address: string; headers: Headers },
  ): Promise<ProviderOutcome> {
    const person = await openId.finish(provider, flow, search)
    const attempt = { email: person.email ?? `${person.subject} (${provider.name})`, address }
    const found = await vouchedAccount(database, { provider, providers, person })
    if (typeof found === 'string') {
      await recordAttempt(parts, attempt, 'provider')
      return { refused: found }
    }
    const { account, email } = found
    const entered = await letIn(
      parts,
      { account, address, headers },
      provider.hasSecondFactor ? 'provider' : null,
    )
    if (entered === undefined) {
      await recordAttempt(parts, { email, address }, 'no_tenant')
      return { refused: 'no_tenant' }
    }
    if ('user' in entered) await recordAttempt(parts, { email, address }, null)
    return entered
  }

  return {
    async begin({ provider: name, origin, to }) {
      const provider = providerNamed(name)
      const redirectUri = `${origin}/api/auth/openid/${name}/callback`
      const { url, flow } = await openId.begin(provider, redirectUri).catch((error: unknown) => {
        log.warn({ error, provider: name }, 'a provider to sign in with could not be reached')
        throw new TesseraError('unavailable', `${provider.label} cannot be reached. Try again later.`)
      })
      const until = clock().getTime() + validMinutes * 60_000
      const sealed = database.secrets.seal(JSON.stringify({ flow, to, until } satisfies Remembered), place)
      return { url: url.href, sealed, seconds: validMinutes * 60 }
    },
    async finish({ provider: name, sealed, search, address, headers }) {
      const provider = providerNamed(name)
      const found = remembered(sealed, provider)
      if (found === undefined) return { to: '/', outcome: { refused: 'failed' } }
      try {
        return {
          to: found.to,
          outcome: await enter(provider, { flow: found.flow, search, address, headers }),
        }
      } catch (error) {
        log.warn({ error, provider: name }, 'signing in with a provider failed')
        return { to: found.to, outcome: { refused: 'failed' } }
      }
    },
  }
}
