import type { TriggerDocument } from '../../documents.generated.ts'
import type { FieldModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { TriggerModel } from '../../model/trigger.ts'
import type { Linkage } from '../linkage.ts'
import { findField } from '../look-up.ts'
import type { ActorLink } from '../process/actor.ts'
import { linkMoment } from '../process/link-delays.ts'

/** The fields of a change: those that a write changes itself. */
export function linkChanged(
  linkage: Linkage,
  {
    object: name,
    declared,
    at,
  }: { object: string; declared: Readonly<Record<string, boolean>> | undefined; at: Address },
): TriggerModel['on'] {
  const object = linkage.objects.get(name)
  if (declared === undefined || object === undefined) return { type: 'changed', fields: undefined }
  const named = Object.keys(declared).filter((field) => declared[field])
  for (const name of named) {
    const place = { ...inside(at, name), isKey: true }
    const field = findField(linkage, { object, name, at: place })
    if (field !== undefined && !isWritten(field))
      linkage.problems.error({
        at: place,
        code: 'trigger_field',
        message: `"${name}" changes without the record being written; nothing would set the trigger off.`,
        remedy: 'Name stored fields of the record, such as those that it is computed from.',
      })
  }
  return { type: 'changed', fields: new Set(named) }
}

function isWritten({ type, lines, isSystem, name }: FieldModel): boolean {
  return type.storage !== 'computed' && lines === undefined && (!isSystem || name === 'owner')
}

type DueDocument = Extract<TriggerDocument['on'], { type: 'due' }>

/** The moment that a record gives. It has to follow from the record alone. */
export function linkDue(
  linkage: Linkage,
  { on, actor, document, at }: { on: DueDocument; actor: ActorLink; document: TriggerDocument; at: Address },
): TriggerModel['on'] {
  const moment = linkMoment(actor.machine, {
    name: 'due',
    label: document.label,
    text: on.at,
    at: inside(at, 'at'),
  })
  if (actor.machine.expressions[moment.until]?.usesMoment === true)
    linkage.problems.error({
      at: inside(at, 'at'),
      code: 'moment_by_now',
      message: 'The moment is counted from now, so it would never come for a record that is there.',
      remedy: 'Count from a field of the record: `record.renewal_on - duration("P30D")`.',
    })
  return { type: 'due', moment, runsPast: on.past === 'run' }
}
