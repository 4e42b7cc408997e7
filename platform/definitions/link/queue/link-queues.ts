import { elapsedMs } from '../../../calendars/delay.ts'
import type { QueueDocument } from '../../documents.generated.ts'
import type { Model } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { MembersModel, QueueModel, QueueRuleModel, SkillsModel } from '../../model/queue.ts'
import { deepFreeze, hashOf } from '../canonical.ts'
import type { Linkage } from '../linkage.ts'
import { checkObject } from '../look-up.ts'
import { labelOf } from '../names.ts'
import { inOrder } from '../order.ts'
import { checkMembers, checkSkills, checkTarget, checkWait, membersOf } from './checks.ts'
import { checkWays } from './check-ways.ts'
import { fieldsOf, linkQueueCondition, linkQueueNumber, linkQueueReference } from './expressions.ts'

const usualAbsence = 'PT15M'

/** Compiles the queues, in order; every object is linked. */
export function linkQueues(linkage: Linkage): Model['queues'] {
  const documents = linkage.documents.queue as Readonly<Record<string, unknown>>
  const queues = inOrder(documents as Readonly<Record<string, QueueDocument>>)
  checkWays(linkage)
  const linked = queues.flatMap(([, document]) => linkQueue(linkage, document) ?? [])
  return deepFreeze(new Map(linked.map((queue) => [queue.name, queue])))
}

function linkQueue(linkage: Linkage, document: QueueDocument): QueueModel | undefined {
  const { name, label, object, assignment } = document
  const at: Address = { kind: 'queue', name, path: [] }
  if (!checkObject(linkage, object, inside(at, 'object'))) return undefined
  checkMembers(linkage, document.members, inside(at, 'members'))
  checkSkills(linkage, document.skills, inside(at, 'skills'))
  const members = membersOf(document.members)
  const skills: SkillsModel = new Map(Object.entries(document.skills ?? {}))
  const number = (key: 'priority' | 'weight', kind: 'decimal' | 'int') =>
    linkQueueNumber(linkage, { at: inside(at, key), text: document[key], object, kind })
  if (document.sticky_by !== undefined && assignment !== 'sticky')
    needsSticky(linkage, inside(at, 'sticky_by'))
  if (document.otherwise !== undefined && assignment !== 'sticky')
    needsSticky(linkage, inside(at, 'otherwise'))
  const queue = {
    name,
    label,
    help: document.help,
    object,
    hash: hashOf(document),
    members,
    skills,
    priority: number('priority', 'decimal'),
    ageing: document.ageing && {
      points: document.ageing.points,
      everyMs: elapsedMs(document.ageing.every),
    },
    assignment,
    stickyBy: linkQueueReference(linkage, { at: inside(at, 'sticky_by'), text: document.sticky_by, object }),
    otherwise:
      document.otherwise ?? (assignment === 'pull' || assignment === 'sticky' ? 'least_loaded' : assignment),
    weight: number('weight', 'int'),
    capacity: document.capacity,
    awayAfterMs: elapsedMs(document.away_after ?? usualAbsence),
    rules: linkRules(linkage, { document, at, members, skills }),
    overflow: linkOverflow(linkage, document, inside(at, 'overflow')),
  }
  return { ...queue, fields: fieldsOf(linkage, queue) }
}

function linkRules(
  linkage: Linkage,
  options: { document: QueueDocument; at: Address; members: MembersModel; skills: SkillsModel },
): readonly QueueRuleModel[] {
  const { document, at, members, skills } = options
  return inOrder(document.rules).flatMap(([name, rule]) => {
    const place = inside(at, 'rules', name)
    checkSkills(linkage, rule.skills, inside(place, 'skills'))
    if (rule.members !== undefined) checkMembers(linkage, rule.members, inside(place, 'members'))
    if (rule.queue !== undefined)
      checkTarget(linkage, { name: rule.queue, from: document, at: inside(place, 'queue') })
    const when = linkQueueCondition(linkage, {
      at: inside(place, 'when'),
      text: rule.when,
      object: document.object,
    })
    if (when === undefined) return []
    return [
      {
        name,
        label: rule.label ?? labelOf(name),
        when,
        skills: new Map([...skills, ...Object.entries(rule.skills ?? {})]),
        members: rule.members === undefined ? members : membersOf(rule.members),
        queue: rule.queue,
      },
    ]
  })
}

function linkOverflow(linkage: Linkage, document: QueueDocument, at: Address): QueueModel['overflow'] {
  const { overflow } = document
  if (overflow === undefined) return undefined
  checkTarget(linkage, { name: overflow.to, from: document, at: inside(at, 'to') })
  checkWait(linkage, overflow, at)
  return { to: overflow.to, after: overflow.after, isWhenNobody: overflow.when_nobody === true }
}

function needsSticky(linkage: Linkage, at: Address): void {
  linkage.problems.error({
    at,
    code: 'not_sticky',
    message: 'This says something of sticky assignment alone, and does nothing here.',
    remedy: 'Write "assignment": "sticky", or remove it.',
  })
}
