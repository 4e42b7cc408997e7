import { api, useTenant } from '#lib/shared/api/client.ts'
import { startLive, stopLive } from '#lib/shared/api/live.ts'
import { ApiProblem } from '#lib/shared/api/problem.ts'
import type { Locale, Meta, Session } from '#lib/shared/api/types.ts'
import { i18n } from '#lib/shared/i18n/i18n.svelte.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { model } from './model.svelte.ts'

/** Who is signed in, and where. */
class SessionStore {
  current = $state.raw<Session | undefined>(undefined)

  /**
   * Asks who is signed in and loads what that person may see. Answers false where nobody is.
   * Throws ApiProblem where the server cannot answer.
   */
  async load(): Promise<boolean> {
    useTenant(readStored<string>('tenant'))
    try {
      const session = await api.get<Session>('/session')
      useTenant(session.tenant.name)
      const [meta] = await Promise.all([api.get<Meta>('/meta'), i18n.use(session.user.locale)])
      i18n.timeZone = session.user.time_zone
      this.current = session
      model.show(meta)
      startLive(Object.keys(meta.objects))
      return true
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.status === 401) return this.#forget()
      throw thrown
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    await api.post('/auth/sign-in/email', { email, password })
    await this.load()
  }

  async signOut(): Promise<void> {
    await api.post('/auth/sign-out')
    this.#forget()
  }

  async speak(locale: Locale): Promise<void> {
    await i18n.use(locale)
    if (this.current) await api.patch('/session', { locale })
  }

  enterTenant(name: string): void {
    writeStored('tenant', name)
    location.assign('/')
  }

  can(feature: string): boolean {
    return this.current?.features.includes(feature) ?? false
  }

  /** The person as expressions see them. */
  get userForExpressions(): Readonly<Record<string, unknown>> {
    const user = this.current?.user
    return { ...user, roles: user?.roles ?? [] }
  }

  #forget(): false {
    this.current = undefined
    model.show(undefined)
    stopLive()
    return false
  }
}

export const session = new SessionStore()
