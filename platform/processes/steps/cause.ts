import type { UnitOfWork } from '../../records/unit-of-work.ts'

/**
 * What made a step, by its id: a person, another process (its instance), a timer, work that was completed, the end of
 * what was invoked, an import, a promise of a service level or a trigger (its name), an operator who repairs, a version of
 * the process that takes over what lived on an earlier one, or the product itself where it acts for nobody.
 */
export interface StepCause {
  readonly kind:
    | 'person'
    | 'process'
    | 'timer'
    | 'work_item'
    | 'invocation'
    | 'import'
    | 'service_level'
    | 'trigger'
    | 'operator'
    | 'version'
    | 'system'
  readonly id: string | null
  /** What an operator did, and why. */
  readonly act?: string
  readonly reason?: string
}

/** What makes a step where nothing nearer is known than the work that it is part of. The nearest cause counts. */
export function causeOf({ cause = {}, principal }: UnitOfWork): StepCause {
  for (const [kind, key] of nearestFirst) {
    const id = cause[key]
    if (typeof id === 'string') return { kind, id }
  }
  return principal.userId === undefined
    ? { kind: 'system', id: null }
    : { kind: 'person', id: principal.userId }
}

/** What a cause in the history names, where a process's own step comes nearer than what began it. */
const nearestFirst = [
  ['process', 'instance'],
  ['import', 'import'],
  ['service_level', 'service_level'],
  ['trigger', 'trigger'],
] as const
