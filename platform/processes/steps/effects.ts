import type { AskedApproval } from '../approvals/asked.ts'
import type { OverdueStep } from '../work-items/overdue/steps.ts'
import type { Addressed, OutgoingRequest } from '../outgoing/message.ts'

/** What a step does beside moving the machine: decided, with all values evaluated, not yet done. In order. */
export type Effect =
  | { readonly kind: 'set'; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'create'
      readonly object: string
      readonly id: string
      readonly values: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'update'
      readonly object: string
      readonly id: string
      readonly values: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'notify'; readonly to: string; readonly text: string }
  | {
      readonly kind: 'send'
      readonly object: string
      readonly id: string
      readonly event: string
      readonly values: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'call'; readonly action: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'request'; readonly request: OutgoingRequest; readonly isOrdered: boolean }
  | { readonly kind: 'email'; readonly mail: Addressed }
  | {
      readonly kind: 'open_work'
      readonly actor: 'task' | 'approval'
      readonly invocation: string
      readonly title: unknown
      readonly assignee: string | null
      readonly candidateRole: string | null
      /** The queue in which it waits, in place of the others. */
      readonly queue: string | null
      readonly dueInMs: number | null
      /** Null where none is declared. */
      readonly priority: number | null
      /** What is done when it is late. */
      readonly overdue: readonly OverdueStep[]
      readonly mayRequesterApprove: boolean
    }
  | {
      readonly kind: 'open_approval'
      readonly invocation: string
      readonly title: unknown
      readonly dueInMs: number | null
      readonly asked: AskedApproval
    }
  | { readonly kind: 'close_work'; readonly invocation: string }
  | {
      readonly kind: 'invoke'
      readonly actor: string
      readonly invocation: string
      readonly input: InvocationInput
    }
  | { readonly kind: 'close_invocation'; readonly invocation: string }
  | { readonly kind: 'arm_timer'; readonly eventId: string; readonly end: number }
  | { readonly kind: 'cancel_timer'; readonly eventId: string }

/** What an actor is given, with all values evaluated. */
export interface InvocationInput {
  /** The process that is invoked. */
  readonly process?: string
  /** The record that is watched, or whose process is waited for; null where the reference is blank. */
  readonly target?: { readonly object: string; readonly id: string } | null
  readonly context?: Readonly<Record<string, unknown>>
  readonly request?: OutgoingRequest
  /** The action of a plugin. */
  readonly action?: string
  readonly values?: Readonly<Record<string, unknown>>
}
