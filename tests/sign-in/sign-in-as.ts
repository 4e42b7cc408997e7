import type { Client } from '../server/client.ts'
import { client } from '../server/client.ts'

/** Sends address and password, and what a browser would send with them. */
export function trySignIn(
  origin: string,
  email: string,
  password: string,
  headers: Record<string, string> = {},
) {
  return client(origin, headers).post('/api/auth/sign-in/email', { email, password })
}

/** A client with the cookie of a new session. */
export async function signInAs(
  origin: string,
  email: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Client> {
  const answer = await trySignIn(origin, email, password, headers)
  if (answer.status !== 200 || answer.body.next !== undefined)
    throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`)
  return client(origin, { cookie: answer.cookie, 'tessera-request': '1' })
}
