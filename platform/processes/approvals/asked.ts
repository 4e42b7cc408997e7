import type {
  ApprovalModel,
  DeadlineModel,
  LevelModel,
  PeopleSource,
} from '../../definitions/model/approval.ts'
import { referenceId } from '../../records/values.ts'

/** Where people come from, its expressions evaluated; what is undefined was not asked for. */
export interface AskedSource {
  readonly role: string | undefined
  readonly team: string | null | undefined
  readonly people: readonly string[] | undefined
  /** `of`: undefined for the requester. */
  readonly superiors:
    { readonly from: number; readonly to: number; readonly of: string | null | undefined } | undefined
}

/** `to`: undefined for the manager of each who gets it passed on from. */
export type AskedDeadline = Omit<DeadlineModel, 'to'> & { readonly to: string | null | undefined }

export type AskedLevel = Pick<LevelModel, 'name' | 'label' | 'rule' | 'isInTurn'> & {
  readonly approvers: readonly { readonly source: AskedSource; readonly weight: number }[]
  readonly nobody: { readonly do: LevelModel['nobody']['do']; readonly source: AskedSource }
  readonly deadline: AskedDeadline | undefined
}

/** What an approval asks for, as a step decides it: evaluated, and nobody looked up yet. */
export type AskedApproval = Pick<
  ApprovalModel,
  'requester' | 'repeated' | 'withdraw' | 'mayTakeBack' | 'returns'
> & {
  /** Undefined for who sent the event. */
  readonly requestedBy: string | null | undefined
  readonly levels: readonly AskedLevel[]
  readonly deadline: AskedDeadline | undefined
  readonly copies: readonly {
    readonly at: ApprovalModel['copies'][number]['at']
    readonly source: AskedSource
  }[]
}

/** Evaluates the expressions of an approval; levels whose condition does not hold are left out. */
export function askedApproval(
  model: ApprovalModel,
  evaluate: (expression: number) => unknown,
): AskedApproval {
  const optional = <T>(number: number | undefined, read: (value: unknown) => T) =>
    number === undefined ? undefined : read(evaluate(number))
  const sourceOf = ({ role, team, people, superiors }: PeopleSource): AskedSource => ({
    role,
    team: optional(team, referenceId),
    people: optional(people, idsOf),
    superiors: superiors && { ...superiors, of: optional(superiors.of, referenceId) },
  })
  const deadlineOf = (deadline: DeadlineModel | undefined): AskedDeadline | undefined =>
    deadline && { ...deadline, to: optional(deadline.to, referenceId) }
  const { requester, repeated, withdraw, mayTakeBack, returns } = model
  return {
    requester,
    repeated,
    withdraw,
    mayTakeBack,
    returns,
    requestedBy: optional(model.requestedBy, referenceId),
    levels: model.levels
      .filter(({ when }) => when === undefined || evaluate(when) === true)
      .map(({ name, label, rule, isInTurn, approvers, nobody, deadline }) => ({
        name,
        label,
        rule,
        isInTurn,
        approvers: approvers.map(({ source, weight }) => ({ source: sourceOf(source), weight })),
        nobody: { do: nobody.do, source: sourceOf(nobody.source) },
        deadline: deadlineOf(deadline),
      })),
    deadline: deadlineOf(model.deadline),
    copies: model.copies.map(({ at, source }) => ({ at, source: sourceOf(source) })),
  }
}

function idsOf(value: unknown): readonly string[] {
  return [value].flat().flatMap((each) => referenceId(each) ?? [])
}
