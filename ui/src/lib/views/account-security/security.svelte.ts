import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { AccountSecurity, EndedSessions, OwnSession, RecoveryCodes } from '#lib/shared/api/types.ts'

/** The security of the own account, as the server has it. */
export class SecurityState {
  current = $state.raw<AccountSecurity | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  async load(): Promise<void> {
    try {
      this.current = await api.get<AccountSecurity>('/account/security')
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  async changePassword(current: string, password: string): Promise<void> {
    await api.post('/account/password', this.current?.has_password ? { current, password } : { password })
    await this.load()
  }

  async renewCodes(password: string): Promise<readonly string[]> {
    const answer = await api.post<RecoveryCodes>(
      '/account/second-factor/recovery-codes',
      this.#shown(password),
    )
    await this.load()
    return answer.recovery_codes
  }

  async removeFactor(password: string): Promise<void> {
    await api.post('/account/second-factor/remove', this.#shown(password))
    await this.load()
  }

  async end({ id }: OwnSession): Promise<void> {
    await api.delete(`/account/sessions/${id}`)
    await this.load()
  }

  async endOthers(): Promise<number> {
    const { ended } = await api.post<EndedSessions>('/account/sessions/end-others')
    await this.load()
    return ended
  }

  #shown(password: string): { password?: string } {
    return this.current?.has_password ? { password } : {}
  }
}
