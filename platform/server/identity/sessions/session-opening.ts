import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/** How the second factor of a session was shown; null where there was none. */
export type ShownFactor = 'code' | 'recovery_code' | 'provider' | null

/**
 * Opens a session for an account that has shown who it is. It is called by sign-in.ts, and has no path under which a
 * request could reach it.
 */
export const sessionOpening = {
  id: 'tessera-session-opening',
  endpoints: {
    openSession: createAuthEndpoint(
      {
        method: 'POST',
        body: z.object({
          account: z.string(),
          address: z.string(),
          userAgent: z.string(),
          secondFactor: z.enum(['code', 'recovery_code', 'provider']).nullable(),
        }),
      },
      async (context) => {
        const { account, address, userAgent, secondFactor } = context.body
        const { internalAdapter } = context.context
        const user = await internalAdapter.findUserById(account)
        if (user === null) throw new Error(`The account ${account} was removed while it signed in.`)
        // The address as our own settings know it: better-auth would believe any header that a client sends.
        const session = await internalAdapter.createSession(account, false, {
          ipAddress: address,
          userAgent,
          secondFactor,
        })
        await setSessionCookie(context, { session, user })
        return context.json({ id: session.id })
      },
    ),
  },
} satisfies BetterAuthPlugin
