import type { FieldModel, ProcessModel } from '../../definitions/model/model.ts'
import type { InvocationError, MachineEvent } from '../machine/compiled-machine.ts'
import { judge, refill } from './judge.ts'
import type { RefusedBecause } from './outcome.ts'
import type { PastDecider } from './past-decider.ts'
import type { RecordedStep } from './recorded.ts'
import type { Replay } from './replay.ts'
import type { Scene, Sender } from './scene.ts'

/** The event as the machine names it. */
export function typeOf({ transitions, event }: RecordedStep): string {
  return transitions.find(({ event: type }) => type !== '')?.event ?? event
}

export function senderOf({ sentEvents }: Replay, step: RecordedStep): Sender {
  const type = typeOf(step)
  if (type.startsWith('xstate.after.')) return { kind: 'process' }
  return { kind: 'person', id: step.by, mayBeSent: sentEvents.has(type) }
}

type Filled =
  | { readonly payload: Readonly<Record<string, unknown>> }
  | { readonly reason: RefusedBecause; readonly text: string }
  | { readonly unknown: string }

/** Judges the sender and the form; gives what goes along with the event. */
export function fill(
  { version: { process }, ran, isControl, sentEvents }: Replay,
  options: {
    scene: Scene
    step: RecordedStep
    type: string
    configuration: Parameters<typeof judge>[2]['configuration']
  },
): Filled {
  const { scene, step, type, configuration } = options
  const payload = step.payload ?? {}
  if (isControl) return { payload }
  const event = process.events.get(type)
  if (event !== undefined) {
    const verdict = judge(event, scene, {
      configuration,
      mayBeSent: sentEvents.has(type),
      permittedBy: ran?.process.events.get(type),
    })
    if (verdict !== undefined) return verdict
    const filled = refill(event.form, payload, scene)
    return 'text' in filled ? { reason: 'form', text: filled.text } : { payload: filled.values }
  }
  const form = process.forms.get(invocationOf(type) ?? '')
  if (form === undefined) return { payload }
  const filled = refill(form, payload, scene)
  return 'text' in filled
    ? { reason: 'form', text: filled.text }
    : { payload: { ...payload, ...filled.values } }
}

export function invocationOf(type: string): string | undefined {
  return /^xstate\.done\.actor\.(.+)$/.exec(type)?.[1]
}

export function eventFor(
  decider: PastDecider,
  {
    process,
    type,
    payload,
  }: { process: ProcessModel; type: string; payload: Readonly<Record<string, unknown>> },
): MachineEvent {
  const form = process.events.get(type)?.form ?? process.forms.get(invocationOf(type) ?? '')
  const values = decider.opened(form ?? new Map<string, FieldModel>(), payload)
  if (type.startsWith('xstate.after.')) return { type }
  if (type.startsWith('xstate.error.')) return { type, error: payload as unknown as InvocationError }
  return type.startsWith('xstate.') ? { type, output: values } : { type, payload: values }
}
