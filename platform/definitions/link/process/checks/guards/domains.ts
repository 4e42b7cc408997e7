import type { FieldModel } from '../../../../model/model.ts'
import { possibleOutcomes, type ApprovalInput } from '../../link-approval.ts'
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
 * The values that the terms are meant to have: what is required is there, and an approval ends as it is declared. Good
 * enough to stay silent about guards that leave nothing out.
 */
export function intendedDomains(check: MachineCheck, branch: Branch): (term: Term) => Domain {
  return (term) => {
    const approval = approvalOf(branch, term)
    if (approval !== undefined)
      return { values: possibleOutcomes(approval), mayBeBlank: false, mayBeOther: false }
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

/** The approval whose outcome a term is. */
function approvalOf({ source, trigger }: Branch, { path }: Term): ApprovalInput | undefined {
  if (trigger.type !== 'invocation' || path?.join('.') !== 'event.output.outcome') return undefined
  const found = invocationsOf(source).find(
    ({ invocation }) => invocation.id === trigger.id && invocation.src === 'approval',
  )
  return found?.invocation.input as ApprovalInput | undefined
}
