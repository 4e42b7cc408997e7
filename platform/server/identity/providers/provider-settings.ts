/** A provider of OpenID Connect with which people sign in to this installation. */
export interface ProviderSettings {
  /** Part of its address: `/api/auth/openid/<name>`. */
  readonly name: string
  /** What people read on the button. */
  readonly label: string
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** Domains of the e-mail addresses that it may vouch for; all where there is none. */
  readonly domains: readonly string[]
  /** People of its domains sign in with it alone, and not with a password. */
  readonly isOnlyWay: boolean
  /** It asks for a second factor itself, so that we need not. */
  readonly hasSecondFactor: boolean
}

/**
 * The providers that TESSERA_OPENID names, apart by commas. Of each, `google` for one, the environment says
 * TESSERA_OPENID_GOOGLE_ISSUER, _CLIENT_ID and _CLIENT_SECRET, and may say _LABEL, _DOMAINS, _ONLY=1, _SECOND_FACTOR=1.
 * @throws where something of a provider is missing or cannot be so
 */
export function providersFrom(environment: NodeJS.ProcessEnv): readonly ProviderSettings[] {
  const names = words(environment.TESSERA_OPENID)
  const providers = names.map((name) => providerFrom(environment, name))
  for (const { name, domains } of providers.filter(({ isOnlyWay }) => isOnlyWay)) {
    const other = providers.find(
      (each) =>
        each.isOnlyWay && each.name !== name && each.domains.some((domain) => domains.includes(domain)),
    )
    if (other !== undefined)
      throw new Error(
        `TESSERA_OPENID: "${name}" and "${other.name}" are both the only way to sign in for the same domain. Take one away.`,
      )
  }
  return providers
}

/** The provider with which alone people of this address sign in. */
export function onlyProviderOf(
  providers: readonly ProviderSettings[],
  email: string,
): ProviderSettings | undefined {
  return providers.find(({ isOnlyWay, domains }) => isOnlyWay && domains.includes(domainOf(email)))
}

/** Whether the provider may say who has this address. */
export function mayVouch(
  providers: readonly ProviderSettings[],
  { provider, email }: { provider: ProviderSettings; email: string },
): boolean {
  const only = onlyProviderOf(providers, email)
  if (only !== undefined) return only.name === provider.name
  return provider.domains.length === 0 || provider.domains.includes(domainOf(email))
}

function providerFrom(environment: NodeJS.ProcessEnv, name: string): ProviderSettings {
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(name))
    throw new Error(
      `TESSERA_OPENID names "${name}"; use up to 30 lower-case letters, digits and underscores, such as "google".`,
    )
  const variable = (part: string) => `TESSERA_OPENID_${name.toUpperCase()}_${part}`
  const given = (part: string) => environment[variable(part)]?.trim() ?? ''
  const needed = (part: string) => {
    if (given(part) !== '') return given(part)
    throw new Error(`TESSERA_OPENID names "${name}"; set ${variable(part)} as well.`)
  }
  const issuer = URL.parse(needed('ISSUER'))
  if (issuer === null || !(issuer.protocol === 'https:' || isOnThisMachine(issuer)))
    throw new Error(
      `${variable('ISSUER')} is "${given('ISSUER')}"; write an address that begins with https://.`,
    )
  const domains = words(given('DOMAINS'))
  const isOnlyWay = given('ONLY') === '1'
  if (isOnlyWay && domains.length === 0)
    throw new Error(
      `${variable('ONLY')} is set; say with ${variable('DOMAINS')} for whom, such as example.com.`,
    )
  return {
    name,
    label: given('LABEL') || name,
    issuer,
    clientId: needed('CLIENT_ID'),
    clientSecret: needed('CLIENT_SECRET'),
    domains,
    isOnlyWay,
    hasSecondFactor: given('SECOND_FACTOR') === '1',
  }
}

/** Nobody listens in between, so that a provider on the same machine may speak HTTP. */
export function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]')
  )
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '')
}
