import type { JsonSchema } from '../field-types/field-type.ts'
import type { KindName } from '../model/model.ts'
import { app } from './app.ts'
import { calendar } from './calendar.ts'
import { choiceSet } from './choice-set.ts'
import { connection } from './connection.ts'
import { object } from './object.ts'
import { page } from './page.ts'
import { processKind } from './process.ts'
import { queue } from './queue.ts'
import { role } from './role.ts'
import { sequence } from './sequence.ts'
import { serviceLevel } from './service-level.ts'
import { trigger } from './trigger.ts'
import { view } from './view.ts'

export interface Kind {
  readonly name: KindName
  /** The folder of a package that holds its documents, and the first word of addresses: `objects/lead`. */
  readonly plural: string
  readonly schema: JsonSchema
}

/** Every kind of document, in the order in which they are linked and written. */
export const kinds: readonly Kind[] = [
  { name: 'choice_set', plural: 'choice_sets', schema: choiceSet },
  { name: 'sequence', plural: 'sequences', schema: sequence },
  { name: 'calendar', plural: 'calendars', schema: calendar },
  { name: 'connection', plural: 'connections', schema: connection },
  { name: 'object', plural: 'objects', schema: object },
  { name: 'role', plural: 'roles', schema: role },
  { name: 'view', plural: 'views', schema: view },
  { name: 'page', plural: 'pages', schema: page },
  { name: 'app', plural: 'apps', schema: app },
  { name: 'queue', plural: 'queues', schema: queue },
  { name: 'process', plural: 'processes', schema: processKind },
  { name: 'service_level', plural: 'service_levels', schema: serviceLevel },
  { name: 'trigger', plural: 'triggers', schema: trigger },
]

export function pluralOf(kind: KindName): string {
  return kinds.find(({ name }) => name === kind)?.plural ?? kind
}
