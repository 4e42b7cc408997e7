import type { FieldModel } from '../../../../model/model.ts'
import { invocationsOf, type Branch } from '../../transitions.ts'
import type { MachineCheck } from '../machine-check.ts'
import { anyValue, type Domain } from './can-hold.ts'
import type { Term } from './condition.ts'

/** The values that the terms of a branch's guard can certainly have at most. */
export function certainDomains(check: MachineCheck, branch: Branch): (term: Term) => Domain {
  return (term) => {
    const field = fieldOf(check, branch, term)
    return field === undefined ? anyValue : { ...typed(field), mayBeBlank: true }
  }
}

/**
 * The values that the terms are meant to have: what is required is there, and an approval is approved or rejected. Good
 * enough to stay silent about guards that leave nothing out.
 */
export function intendedDomains(check: MachineCheck, branch: Branch): (term: Term) => Domain {
  return (term) => {
    if (isOutcomeOfApproval(branch, term))
      return { values: ['approved', 'rejected'], mayBeBlank: false, mayBeOther: false }
    const field = fieldOf(check, branch, term)
    if (field === undefined) return anyValue
    return { ...typed(field), mayBeBlank: !field.isRequired || field.visibleWhen !== undefined }
  }
}

function typed({ type, choices, expressionType }: FieldModel): Omit<Domain, 'mayBeBlank'> {
  const mayBeOther = expressionType.kind === 'dyn'
  return type.name === 'choice' && choices !== undefined
    ? { values: [...choices.keys()], mayBeOther }
    : { mayBeOther }
}

/** The field that a term reads, where it is one of the own record or of the event's form. */
function fieldOf({ linkage, process }: MachineCheck, { trigger }: Branch, { path }: Term) {
  const [variable, name, ...further] = path ?? []
  if (name === undefined || further.length > 0) return undefined
  if (variable === 'record') return linkage.objects.get(process.object)?.fields.get(name)
  return variable === 'event' && trigger.type === 'event'
    ? process.events.get(trigger.event)?.form.get(name)
    : undefined
}

function isOutcomeOfApproval({ source, trigger }: Branch, { path }: Term): boolean {
  if (trigger.type !== 'invocation' || path?.join('.') !== 'event.output.outcome') return false
  return invocationsOf(source).some(
    ({ invocation }) => invocation.id === trigger.id && invocation.src === 'approval',
  )
}
