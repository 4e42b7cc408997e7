import { parseDelay } from '../../../calendars/delay.ts'
import type { QueueDocument } from '../../documents.generated.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { SKILL_CHOICE_SET, type MembersModel } from '../../model/queue.ts'
import { suggest } from '../../nearest.ts'
import type { Linkage } from '../linkage.ts'
import { checkRole } from '../roles.ts'

type Members = QueueDocument['members']

export function membersOf({ roles = {}, teams = {}, people = {} }: Members): MembersModel {
  const named = (map: Readonly<Record<string, boolean>>) => Object.keys(map).filter((name) => map[name])
  return {
    roles: named(roles),
    teams: named(teams),
    people: named(people).map((email) => email.toLowerCase()),
  }
}

/** Roles that there are, and at least one way to be a member. */
export function checkMembers(linkage: Linkage, members: Members, at: Address): void {
  for (const role of Object.keys(members.roles ?? {}))
    checkRole(linkage, role, { ...inside(at, 'roles', role), isKey: true })
  if (Object.values(membersOf(members)).every((names) => names.length === 0))
    linkage.problems.error({
      at,
      code: 'nobody_to_do_it',
      message: 'Nobody can do the work: no role, no team and no person is named.',
      remedy: 'Name a role, such as {"roles": {"agent": true}}.',
    })
}

/** Skills that are declared, and that people can still be given. */
export function checkSkills(
  linkage: Linkage,
  skills: Readonly<Record<string, number>> | undefined,
  at: Address,
): void {
  const known = linkage.choiceSets.get(SKILL_CHOICE_SET)?.choices
  for (const skill of Object.keys(skills ?? {})) {
    const place = { ...inside(at, skill), isKey: true }
    if (known === undefined || !known.has(skill))
      linkage.problems.error({
        at: place,
        code: 'unknown_skill',
        message: `There is no skill "${skill}".`,
        remedy:
          known === undefined
            ? `Declare the choice set "${SKILL_CHOICE_SET}" with the choice "${skill}".`
            : suggest(skill, known.keys(), `Choices of "${SKILL_CHOICE_SET}"`),
      })
    else if (known.get(skill)?.isRetired === true)
      linkage.problems.warning({
        at: place,
        code: 'retired_skill',
        message: `The skill "${skill}" is retired; nobody can be given it any more.`,
        remedy: 'Ask for another one, or take "retired" away from the choice.',
      })
  }
}

/** A queue that there is, for records of the same object. */
export function checkTarget(
  linkage: Linkage,
  { name, from, at }: { name: string; from: Pick<QueueDocument, 'object'>; at: Address },
): void {
  const known = linkage.documents.queue
  const target = Object.hasOwn(known, name) ? known[name] : undefined
  if (target === undefined)
    linkage.problems.error({
      at,
      code: 'unknown_queue',
      message: `There is no queue "${name}".`,
      remedy: suggest(name, Object.keys(known), 'Known queues'),
    })
  else if (target.object !== from.object)
    linkage.problems.error({
      at,
      code: 'queue_object',
      message: `The queue "${name}" is for work about "${String(target.object)}", not about "${from.object}".`,
      remedy: `Name a queue whose object is "${from.object}".`,
    })
}

/** An overflow happens at some time, in a calendar that there is. */
export function checkWait(
  linkage: Linkage,
  { after, when_nobody: whenNobody }: NonNullable<QueueDocument['overflow']>,
  at: Address,
): void {
  if (after === undefined && whenNobody !== true)
    linkage.problems.error({
      at,
      code: 'never_taken',
      message: 'Nothing ever overflows: neither a time is said nor "when_nobody".',
      remedy: 'Add "after": "PT1H", or "when_nobody": true.',
    })
  const calendar = after === undefined ? undefined : parseDelay(after).calendar
  if (calendar === undefined || Object.hasOwn(linkage.documents.calendar, calendar)) return
  linkage.problems.error({
    at: inside(at, 'after'),
    code: 'unknown_calendar',
    message: `There is no calendar "${calendar}".`,
    remedy: suggest(calendar, Object.keys(linkage.documents.calendar), 'Known calendars'),
  })
}
