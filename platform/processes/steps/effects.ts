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
      readonly dueInMs: number | null
      readonly mayRequesterApprove: boolean
    }
  | { readonly kind: 'close_work'; readonly invocation: string }
  | { readonly kind: 'arm_timer'; readonly eventId: string; readonly end: number }
  | { readonly kind: 'cancel_timer'; readonly eventId: string }
