import type { SignInWays } from '#lib/shared/api/types.ts'
import { i18n, t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** What the way back from a provider says in the address of the page, in words. */
export function refusalOfProvider(
  query: Pick<URLSearchParams, 'get'>,
  providers: SignInWays['providers'],
): string | undefined {
  const refused = query.get('refused')
  if (refused === null) return undefined
  const provider = providers.find(({ name }) => name === query.get('provider'))?.label ?? 'OpenID'
  const key = `sign_in.refused.${refused}`
  return t((i18n.has(key) ? key : 'sign_in.refused.failed') as MessageKey, { provider })
}
