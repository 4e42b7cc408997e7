import type { Configuration } from 'openid-client'
import { isOnThisMachine, type ProviderSettings } from './provider-settings.ts'

/** What is remembered between the way to the provider and the way back. */
export interface OpenIdFlow {
  readonly provider: string
  readonly state: string
  readonly nonce: string
  /** Proves that whoever brings the code is who asked for it (PKCE, RFC 7636). */
  readonly verifier: string
  readonly redirectUri: string
}

/** What the provider says of who has signed in with it. */
export interface VouchedPerson {
  readonly subject: string
  readonly email: string | undefined
  readonly isEmailVerified: boolean
}

const scope = 'openid email profile'
const timeoutSeconds = 10

/**
 * The authorization code flow of OpenID Connect with PKCE, state and nonce. openid-client checks the answers: issuer,
 * signature, audience, nonce and times of the ID token.
 */
export function createOpenId() {
  const known = new Map<string, Promise<Configuration>>()

  /** The provider's addresses and keys; asked for again where that failed. */
  function configurationOf(provider: ProviderSettings): Promise<Configuration> {
    const found = known.get(provider.name) ?? discover(provider)
    known.set(provider.name, found)
    found.catch(() => known.delete(provider.name))
    return found
  }

  return {
    /** Where the browser goes, and what is to be remembered meanwhile. */
    async begin(provider: ProviderSettings, redirectUri: string): Promise<{ url: URL; flow: OpenIdFlow }> {
      const client = await import('openid-client')
      const configuration = await configurationOf(provider)
      const flow = {
        provider: provider.name,
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        redirectUri,
      }
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return { url, flow }
    },
    /** @throws where the answer does not belong to the flow, or the provider refuses or cannot be reached */
    async finish(provider: ProviderSettings, flow: OpenIdFlow, search: string): Promise<VouchedPerson> {
      const client = await import('openid-client')
      const configuration = await configurationOf(provider)
      const answer = new URL(flow.redirectUri)
      answer.search = search
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      // Some providers tell the address only where one asks for it. No token is kept.
      const told =
        claims.email === undefined
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims
      return {
        subject: claims.sub,
        email: typeof told.email === 'string' ? told.email.trim().toLowerCase() : undefined,
        isEmailVerified: told.email_verified === true,
      }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const client = await import('openid-client')
  return client.discovery(issuer, clientId, clientSecret, undefined, {
    timeout: timeoutSeconds,
    ...(isOnThisMachine(issuer) ? { execute: [client.allowInsecureRequests] } : {}),
  })
}
