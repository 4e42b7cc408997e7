import { inside, type Address } from '../../../model/problem-list.ts'
import { needsLevels } from '../../../vocabulary/approval-levels.ts'
import type { ApprovalInput, DeclaredLevel, DeclaredSource } from '../link-approval.ts'
import { inOrder } from '../../order.ts'
import { withDescendants } from '../state-node.ts'
import { invocationsOf } from '../transitions.ts'
import { checkChoosers } from './choosers.ts'
import { constantOf } from './guards/condition.ts'
import type { MachineCheck } from './machine-check.ts'
import { checkOutcomes } from './outcomes.ts'

/** Approvals in levels: somebody can decide each level, and nothing is declared that would do nothing. */
export function checkApprovals(check: MachineCheck): void {
  for (const node of withDescendants(check.process.root))
    for (const { invocation, at } of invocationsOf(node)) {
      if (invocation.src !== 'approval') continue
      const input = invocation.input as unknown as ApprovalInput
      const place = inside(at, 'input')
      if (input.levels === undefined) checkWithoutLevels(check, input, place)
      else {
        checkLevels(check, input, place)
        checkRequesterActs(check, input, place)
        checkDeadlines(check, input, place)
        checkChoosers(check, { node, input, at: place })
        checkOutcomes(check, { node, id: invocation.id, input })
      }
    }
}

function checkWithoutLevels(check: MachineCheck, input: ApprovalInput, at: Address): void {
  const { requester } = input
  const useless = Object.keys(input).filter((name) => needsLevels.includes(name))
  if (requester === 'manager' || requester === 'refuse') useless.push('requester')
  for (const name of useless)
    fault(check, inside(at, name), {
      code: 'needs_levels',
      message:
        name === 'requester'
          ? `"requester": "${requester}" is only for approvals in levels.`
          : `"${name}" does nothing without levels.`,
      remedy: 'Add "levels": {"first": {"approvers": {...}}}, or remove it.',
    })
}

function checkLevels(check: MachineCheck, input: ApprovalInput, at: Address): void {
  for (const name of ['assignee', 'candidate_role', 'queue', 'priority', 'overdue'] as const)
    if (input[name] !== undefined)
      fault(check, inside(at, name), {
        code: 'with_levels',
        message: `"${name}" does nothing beside levels.`,
        remedy: 'Name the approvers in a level, or remove the levels.',
      })
  for (const [name, level] of inOrder(input.levels))
    checkLevel(check, { level, input, at: inside(at, 'levels', name) })
  for (const [name, copy] of Object.entries(input.copies ?? {}))
    checkSource(check, copy, inside(at, 'copies', name))
  checkNobody(check, input.nobody, inside(at, 'nobody'))
}

function checkLevel(
  check: MachineCheck,
  { level, input, at }: { level: DeclaredLevel; input: ApprovalInput; at: Address },
): void {
  const approvers = Object.entries(level.approvers)
  for (const [name, approver] of approvers) {
    const place = inside(at, 'approvers', name)
    checkSource(check, approver, place)
    if (approver.weight !== undefined && !isByWeight(level))
      fault(check, inside(place, 'weight'), {
        code: 'unused_weight',
        message: 'Votes weigh nothing here: the level is not decided by weight.',
        remedy: 'Write "decide": {"weight": ...}, or remove the weight.',
      })
  }
  checkNobody(check, level.nobody, inside(at, 'nobody'))
  if (level.decide === 'first' && level.in_turn === true)
    fault(check, inside(at, 'in_turn'), {
      code: 'never_asked',
      message: 'The first who is asked decides alone; the others would never be asked.',
      remedy: 'Write "decide": "any" or "all", or remove "in_turn".',
    })
  if (typeof level.decide === 'object' && Object.keys(level.decide).length > 1)
    fault(check, inside(at, 'decide'), {
      code: 'level_rule',
      message: 'A level is decided by a share or by weight, not by both.',
      remedy: 'Remove one of them.',
    })
  checkReach(check, level, at)
  const isOpen = (level.nobody ?? input.nobody)?.do !== undefined
  const possible = approvers.filter(([, approver]) => !isNobody(approver))
  if (possible.length === 0 && !isOpen)
    fault(check, inside(at, 'approvers'), {
      code: 'nobody_to_do_it',
      message: 'Nobody can decide this level: it has no approver that is not always blank.',
      remedy: 'Add one, such as {"boss": {"superior": 1}}, or say what happens then: "nobody".',
    })
  else if (!isOpen && possible.every(([, approver]) => mayBeNobody(approver)))
    check.linkage.problems.warning({
      at: inside(at, 'approvers'),
      code: 'maybe_nobody',
      message:
        'Where nobody is found here, the step that leads to the approval is refused: people may have no superior, and fields may be blank.',
      remedy:
        'Say what happens then: "nobody": {"do": "ask", "role": ...}; or {"do": "refuse"} if that is meant.',
    })
}

function isByWeight({ decide }: DeclaredLevel): boolean {
  return typeof decide === 'object' && decide.weight !== undefined
}

/** A weight that the approvers cannot have together, where each of them is one person. */
function checkReach(check: MachineCheck, { decide, approvers }: DeclaredLevel, at: Address): void {
  if (typeof decide !== 'object' || decide.weight === undefined) return
  const sources = Object.values(approvers)
  const isOne = ({ superior, people }: DeclaredSource) =>
    superior !== undefined || (people !== undefined && /^[\w.]+$/.test(people) && !isList(check, people))
  if (!sources.every(isOne)) return
  const most = sources.reduce((sum, { weight = 1 }) => sum + weight, 0)
  if (most < decide.weight)
    fault(check, inside(at, 'decide', 'weight'), {
      code: 'out_of_reach',
      message: `The votes of all approvers weigh ${most} together; ${decide.weight} is never reached.`,
      remedy: `Ask for at most ${most}, or give the approvers more weight.`,
    })
}

/** A field of the record that holds several people, such as `record.reviewers`. */
function isList({ linkage, process }: MachineCheck, text: string): boolean {
  const [, name = ''] = text.split('.')
  return linkage.objects.get(process.object)?.fields.get(name)?.expressionType.kind !== 'record'
}

const sources = ['role', 'team', 'people', 'chosen', 'superior', 'superiors'] as const

function checkSource(check: MachineCheck, declared: DeclaredSource, at: Address): void {
  const said = sources.filter((name) => declared[name] !== undefined)
  const isTeamRole = said.length === 2 && said[0] === 'role' && said[1] === 'team'
  if (said.length !== 1 && !isTeamRole)
    fault(check, at, {
      code: 'people_source',
      message:
        said.length === 0
          ? 'It does not say who these people are.'
          : `It says in ${said.length} ways who these people are: ${said.join(', ')}.`,
      remedy: `Say one of ${sources.join(', ')} (or role and team); add an entry for each further one.`,
    })
  if (declared.of !== undefined && declared.superior === undefined && declared.superiors === undefined)
    fault(check, inside(at, 'of'), {
      code: 'people_source',
      message: '"of" does nothing without "superior" or "superiors".',
      remedy: 'Add one of these, or remove it.',
    })
}

function checkNobody(check: MachineCheck, nobody: DeclaredLevel['nobody'], at: Address): void {
  if (nobody === undefined) return
  const said = (['role', 'people'] as const).filter((name) => nobody[name] !== undefined)
  if (nobody.do === 'ask' ? said.length !== 1 : said.length > 0)
    fault(check, at, {
      code: 'people_source',
      message:
        nobody.do === 'ask'
          ? 'It takes either a role or people to ask.'
          : `Nobody is asked with "do": "${nobody.do}".`,
      remedy:
        nobody.do === 'ask' ? 'Add "role" or "people".' : `Remove ${said.join(', ')}, or write "do": "ask".`,
    })
}

function checkRequesterActs(check: MachineCheck, input: ApprovalInput, at: Address): void {
  const { return: back } = input
  if (back === undefined) return
  const place = inside(at, 'return')
  if (back.to_requester !== true && back.to_levels !== true)
    fault(check, place, {
      code: 'empty_return',
      message: 'It can be returned to nobody.',
      remedy: 'Write "to_requester": true or "to_levels": true, or remove "return".',
    })
  if (back.to_levels === true && Object.keys(input.levels ?? {}).length < 2)
    fault(check, inside(place, 'to_levels'), {
      code: 'empty_return',
      message: 'There is no earlier level to return to.',
      remedy: 'Remove "to_levels", or add a level.',
    })
}

function checkDeadlines(check: MachineCheck, input: ApprovalInput, at: Address): void {
  const deadlines = [
    { deadline: input.deadline, place: inside(at, 'deadline') },
    ...Object.entries(input.levels ?? {}).map(([name, { deadline }]) => ({
      deadline,
      place: inside(at, 'levels', name, 'deadline'),
    })),
  ]
  for (const { deadline, place } of deadlines) {
    if (deadline === undefined) continue
    if (deadline.to !== undefined && deadline.do !== 'pass_on')
      fault(check, inside(place, 'to'), {
        code: 'people_source',
        message: `Nobody gets it with "do": "${deadline.do}".`,
        remedy: 'Write "do": "pass_on", or remove "to".',
      })
    if (deadline.do !== 'pass_on' && check.process.document.run_as === undefined)
      fault(check, place, {
        code: 'timer_without_role',
        message: 'When the time is over there is no person whose rights the process could use.',
        remedy: 'Add "run_as" with a role to the process.',
      })
  }
}

function isNobody({ people, team }: DeclaredSource): boolean {
  return [people, team].some((text) => text !== undefined && constantOf(text) === null)
}

/** Everything but a role alone, which somebody is meant to hold. */
function mayBeNobody({ role, team }: DeclaredSource): boolean {
  return role === undefined || team !== undefined
}

function fault(
  { linkage }: MachineCheck,
  at: Address,
  problem: { code: string; message: string; remedy: string },
): void {
  linkage.problems.error({ at, ...problem })
}
