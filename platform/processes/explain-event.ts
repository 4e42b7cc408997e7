import { explainAccess } from '../records/explain/explain-access.ts'
import { explanationOf, type Explanation, type LevelExplained } from '../records/explain/explanation.ts'
import type { UnitOfWork } from '../records/unit-of-work.ts'
import { TesseraError } from '../access/errors.ts'
import { visibleText } from '../access/visible-paths.ts'
import type { Reader } from '../records/explain/grounds-of-roles.ts'
import { describeProcess } from './describe.ts'
import { declaring } from './steps/send-event.ts'

/**
 * Why the principal of the unit may or may not send an event to a record: first the rights to the record that the event
 * takes, then what the process says of it now.
 * @throws TesseraError not_found for the object, its process or the event
 */
export async function explainEvent(
  unit: UnitOfWork,
  { object: name, record, event }: { object: string; record: string; event: string },
  { reader = unit }: { reader?: Reader } = {},
): Promise<Explanation> {
  const object = unit.model.objects.get(name)
  if (object === undefined) throw new TesseraError('not_found', `There is no object "${name}".`)
  const process = declaring(unit, object, event)
  const said = process.events.get(event)
  if (said === undefined)
    throw new TesseraError('not_found', `The processes of ${name} know no event "${event}".`)
  const needs = said.needs === 'read' ? 'read' : 'update'
  const { roles, levels } = await explainAccess(unit, { object: name, record, action: needs }, { reader })
  // Without the rights to the record its process is not looked at: it would tell what is hidden.
  if (levels.some(({ allows }) => !allows)) return explanationOf(roles, levels)
  const view = await describeProcess(unit, { object: name, id: record })
  const offered = view.events.find((each) => each.name === event)
  const level: LevelExplained = {
    level: 'event',
    action: event,
    allows: offered?.possible === true,
    grounds: [
      {
        kind: 'product',
        allows: offered?.possible === true,
        declared: {
          pointer: `processes/${process.name}/events/${event}`,
          files: unit.model.sources[`process/${process.name}`] ?? [],
          says: [
            said.allowedRoles && `roles ${[...said.allowedRoles].join(', ')}`,
            said.allowedWhen && `where ${visibleText(reader, name, said.allowedWhen) ?? '…'}`,
          ]
            .filter(Boolean)
            .join('; '),
        },
      },
    ],
    ...(offered?.reason === undefined ? {} : { reason: offered.reason }),
  }
  return explanationOf(roles, [...levels, level])
}
