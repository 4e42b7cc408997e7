import type { Plan } from '../plan/plan.ts'

/** A publish that was not carried out; nothing has changed. The message says why and what to do. */
export class PublishRefused extends Error {
  readonly code: 'needs_consent' | 'impossible' | 'drift' | 'outdated' | 'busy'
  readonly plan: Plan | undefined

  constructor({ code, message, plan }: { code: PublishRefused['code']; message: string; plan?: Plan }) {
    super(message)
    this.name = 'PublishRefused'
    this.code = code
    this.plan = plan
  }
}
