import type { OutgoingMeans } from '../../background/index.ts'
import type { Database } from '../../database/index.ts'
import { sessionSecret } from '../identity/session-secret.ts'
import type { ServerSettings } from '../settings.ts'
import { unsubscribeLink } from './link.ts'

/** Makes the links that mails carry; none where the server does not know its address. */
export function unsubscribeLinks(
  database: Database,
  { publicUrl }: Pick<ServerSettings, 'publicUrl'>,
): NonNullable<OutgoingMeans['unsubscribeLink']> {
  return async (of) =>
    publicUrl === undefined
      ? undefined
      : unsubscribeLink(of, { url: publicUrl, secret: await sessionSecret(database) })
}
