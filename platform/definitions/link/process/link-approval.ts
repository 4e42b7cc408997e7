import { describeType } from '../../../language/index.ts'
import type { Invocation } from '../../documents.generated.ts'
import type {
  ApprovalModel,
  DeadlineModel,
  LevelRule,
  NobodyModel,
  PeopleSource,
} from '../../model/approval.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { isAssignable } from '../compile.ts'
import { labelOf } from '../names.ts'
import { inOrder } from '../order.ts'
import { checkRole } from '../roles.ts'
import { recordOf, userType } from '../scope.ts'
import { linkExpression } from './link-values.ts'
import { withEvent, type MachineLink } from './step-scope.ts'

export type ApprovalInput = Extract<Invocation, { src: 'approval' }>['input']
export type DeclaredLevel = NonNullable<ApprovalInput['levels']>[string]
export type DeclaredSource = NonNullable<DeclaredLevel['approvers']>[string]
/** The outcomes that an approval can have, as it is declared. */
export function possibleOutcomes(input: ApprovalInput): readonly string[] {
  return [
    'approved',
    'rejected',
    ...(input.return?.to_requester === true ? ['returned'] : []),
    ...(input.withdraw === undefined ? [] : ['withdrawn']),
  ]
}

type DeclaredNobody = NonNullable<ApprovalInput['nobody']>
type DeclaredDeadline = NonNullable<ApprovalInput['deadline']>

/** Compiles an approval in levels; `at` is the place of its input. Undefined where it has no levels. */
export function linkApproval(
  link: MachineLink,
  input: ApprovalInput,
  at: Address,
): ApprovalModel | undefined {
  if (input.levels === undefined) return undefined
  return {
    levels: inOrder(input.levels).map(([name, level]) => linkLevel(link, { input, name, level, at })),
    requestedBy: personOf(link, input.requested_by, inside(at, 'requested_by')),
    requester: input.requester ?? 'may_not_approve',
    repeated: input.repeated ?? 'ask_every_time',
    deadline: linkDeadline(link, input.deadline, inside(at, 'deadline')),
    withdraw: input.withdraw,
    mayTakeBack: input.take_back === true,
    returns: {
      toRequester: input.return?.to_requester === true,
      toLevels: input.return?.to_levels === true,
      then: input.return?.then ?? 'fresh',
    },
    copies: Object.entries(input.copies ?? {}).map(([name, copy]) => ({
      name,
      at: copy.at,
      source: linkSource(link, copy, inside(at, 'copies', name)),
    })),
  }
}

function linkLevel(
  link: MachineLink,
  { input, name, level, at }: { input: ApprovalInput; name: string; level: DeclaredLevel; at: Address },
): ApprovalModel['levels'][number] {
  const place = inside(at, 'levels', name)
  const nobodyAt = level.nobody === undefined ? inside(at, 'nobody') : inside(place, 'nobody')
  return {
    name,
    label: level.label ?? labelOf(name),
    when:
      level.when === undefined
        ? undefined
        : linkExpression(link, {
            at: inside(place, 'when'),
            text: level.when,
            variables: withEvent(link),
            to: { kind: 'bool' },
          }),
    rule: ruleOf(level.decide),
    isInTurn: level.in_turn === true,
    approvers: inOrder(level.approvers).map(([key, approver]) => ({
      source: linkSource(link, approver, inside(place, 'approvers', key)),
      weight: approver.weight ?? 1,
    })),
    nobody: linkNobody(link, level.nobody ?? input.nobody, nobodyAt),
    deadline: linkDeadline(link, level.deadline, inside(place, 'deadline')),
  }
}

function ruleOf(decide: DeclaredLevel['decide']): LevelRule {
  if (typeof decide !== 'object') return { kind: decide ?? 'all' }
  return decide.share === undefined
    ? { kind: 'weight', weight: decide.weight ?? 1 }
    : { kind: 'share', share: decide.share }
}

function linkSource(link: MachineLink, declared: DeclaredSource, at: Address): PeopleSource {
  const { role, team, people, chosen, superior, superiors } = declared
  if (role !== undefined) checkRole(link.linkage, role, inside(at, 'role'))
  const to = superior ?? superiors
  return {
    role,
    team:
      team === undefined
        ? undefined
        : linkExpression(link, {
            at: inside(at, 'team'),
            text: team,
            variables: withEvent(link),
            to: recordOf('team'),
          }),
    people:
      chosen === undefined
        ? peopleOf(link, people, inside(at, 'people'))
        : peopleOf(link, `event.${chosen}`, inside(at, 'chosen')),
    superiors:
      to === undefined
        ? undefined
        : { from: superior ?? 1, to, of: personOf(link, declared.of, inside(at, 'of')) },
  }
}

function linkNobody(link: MachineLink, declared: DeclaredNobody | undefined, at: Address): NobodyModel {
  const { role, people } = declared ?? {}
  return {
    do: declared?.do ?? 'refuse',
    source: linkSource(
      link,
      { ...(role === undefined ? {} : { role }), ...(people === undefined ? {} : { people }) },
      at,
    ),
  }
}

function linkDeadline(
  link: MachineLink,
  declared: DeclaredDeadline | undefined,
  at: Address,
): DeadlineModel | undefined {
  if (declared === undefined) return undefined
  const { after, do: then, to } = declared
  return { after, do: then, to: personOf(link, to, inside(at, 'to')) }
}

function personOf(link: MachineLink, text: string | undefined, at: Address): number | undefined {
  return text === undefined
    ? undefined
    : linkExpression(link, { at, text, variables: withEvent(link), to: userType })
}

function peopleOf(link: MachineLink, text: string | undefined, at: Address): number | undefined {
  if (text === undefined) return undefined
  const number = linkExpression(link, { at, text, variables: withEvent(link) })
  const type = link.expressions[number]?.type
  const isPeople =
    type === undefined || isAssignable(type, userType) || isAssignable(type, { kind: 'list', of: userType })
  if (!isPeople)
    link.linkage.problems.error({
      at,
      code: 'expression_type',
      message: `The expression gives ${describeType(type)}; a person or a list of people is needed here.`,
      remedy:
        'Name a field of type user, such as `record.owner`, or a list: `[record.owner, record.checker]`.',
    })
  return number
}
