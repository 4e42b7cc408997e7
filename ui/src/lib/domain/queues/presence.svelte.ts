import { api } from '#lib/shared/api/client.ts'
import type { Presence, PresenceState } from '#lib/shared/api/types.ts'

/** Whether the signed-in person is here for work that is handed out. */
class PresenceStore {
  view = $state.raw<Presence | undefined>(undefined)

  async load(): Promise<void> {
    this.view = await api.get<Presence>('/presence')
  }

  async choose(presence: PresenceState): Promise<void> {
    this.view = await api.post<Presence>('/presence', { presence })
  }
}

export const presence = new PresenceStore()

const everyMs = 2 * 60_000

/** Tells the server now and then that the person does something, so that he does not count as away. Returns how to stop. */
export function staySeen(): () => void {
  let last = 0
  const seen = () => {
    if (Date.now() - last < everyMs) return
    last = Date.now()
    // Nobody waits for it; the next sign comes soon.
    void api.post('/presence/seen').catch(() => undefined)
  }
  const signs = ['pointerdown', 'keydown'] as const
  for (const sign of signs) addEventListener(sign, seen, { passive: true })
  return () => signs.forEach((sign) => removeEventListener(sign, seen))
}
