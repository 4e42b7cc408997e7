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
   * Asks who is signed in and loads what that person may see. Answers `out` where nobody is, and `factor_first` where a
   * second factor has to be set up before anything else.
   * Throws ApiProblem where the server cannot answer.
   */
  async load(): Promise<'in' | 'out' | 'factor_first'> {
    useTenant(readStored<string>('tenant'))
    try {
      const session = await api.get<Session>('/session')
      useTenant(session.tenant.name)
      if (session.needs_second_factor) {
        await i18n.use(session.user.locale)
        return 'factor_first'
      }
      const [meta] = await Promise.all([api.get<Meta>('/meta'), i18n.use(session.user.locale)])
      i18n.timeZone = session.user.time_zone
      this.current = session
      model.show(meta)
      startLive(Object.keys(meta.objects))
      return 'in'
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem && thrown.status === 401)) throw thrown
      this.#forget()
      return 'out'
    }
  }

  /** Answers `second_factor` where a code is still to be shown. */
  async signIn(email: string, password: string): Promise<'in' | 'second_factor'> {
    const answer = await api.post<{ next?: 'second_factor' }>('/auth/sign-in/email', { email, password })
    if (answer.next === 'second_factor') return 'second_factor'
    await this.load()
    return 'in'
  }

  async showCode(code: string): Promise<void> {
    await api.post('/auth/second-factor', { code })
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

  #forget(): void {
    this.current = undefined
    model.show(undefined)
    stopLive()
  }
}

export const session = new SessionStore()
