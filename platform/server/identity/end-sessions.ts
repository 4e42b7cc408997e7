import { endSessionsOf, type Database } from '../../database/index.ts'
import type { Identities } from './identities.ts'

/** Ends all sessions of the account behind a person, in whatever tenant they are at work. Gives how many there were. */
export async function endSessions(
  { database, identities }: { database: Database; identities: Pick<Identities, 'forgetCredentials'> },
  person: { tenant: string; member: string },
): Promise<number> {
  const ended = await endSessionsOf(database, person)
  identities.forgetCredentials()
  return ended
}
