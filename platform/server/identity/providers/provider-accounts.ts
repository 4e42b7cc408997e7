import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../../database/index.ts'
import type { VouchedPerson } from './openid.ts'
import { mayVouch, type ProviderSettings } from './provider-settings.ts'

/** Why somebody who has signed in with the provider is not let in. */
export type VouchRefusal = 'no_account' | 'unverified' | 'domain'

/**
 * The account of a person for whom a provider vouches: by the provider's own name for the person, or, the first time, by
 * an e-mail address that the provider has verified. No account is made: nobody can sign up.
 */
export async function vouchedAccount(
  { platform: sql }: Database,
  {
    provider,
    providers,
    person,
  }: { provider: ProviderSettings; providers: readonly ProviderSettings[]; person: VouchedPerson },
): Promise<{ readonly account: string; readonly email: string } | VouchRefusal> {
  const providerId = `openid:${provider.name}`
  const [linked] = await sql<{ account: string; email: string }[]>`
    select u.id as account, u.email from platform.account a join platform."user" u on u.id = a.user_id
    where a.provider_id = ${providerId} and a.account_id = ${person.subject}`
  if (linked !== undefined) return mayVouch(providers, { provider, email: linked.email }) ? linked : 'domain'
  if (person.email === undefined || !person.isEmailVerified) return 'unverified'
  if (!mayVouch(providers, { provider, email: person.email })) return 'domain'
  const [found] = await sql<{ account: string; email: string }[]>`
    select id as account, email from platform."user" where email = ${person.email}`
  if (found === undefined) return 'no_account'
  await sql`
    insert into platform.account (id, account_id, provider_id, user_id)
    values (${uuidv7()}, ${person.subject}, ${providerId}, ${found.account})
    on conflict (provider_id, account_id) do nothing`
  return found
}
