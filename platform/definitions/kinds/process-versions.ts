import type { JsonSchema } from '../field-types/field-type.ts'
import { expressionRef, mapOf, nameRef, strict } from './common.ts'

/** A state with those around it. */
const statePath = '^[a-z][a-z0-9_]{0,62}(\\.[a-z][a-z0-9_]{0,62})*$'

/** For which new records a version of a process is meant. */
export const releaseSchema: JsonSchema = {
  ...strict({
    share: {
      type: 'number',
      minimum: 0.001,
      maximum: 1,
      description:
        'For that share of the new records: 0.2. A record belongs to it or not, however often it is asked.',
    },
    from: {
      type: 'string',
      description:
        'From that day on, which begins in the time zone of the tenant, or from that moment: 2026-12-01.',
    },
    when: {
      ...expressionRef,
      description: "For records of which this holds: `record.owner.team.name == 'East'`.",
    },
  }),
  minProperties: 1,
  description:
    'For which new records this version is meant; all that is said must hold. The others begin with the version that ' +
    'was in force for all before. Without it the version is for all.',
}

/** How records that live on earlier versions of a process go on in this one. */
export const migrationSchema: JsonSchema = strict(
  {
    states: {
      type: 'object',
      description:
        'Where records go on that are in a state of an earlier version: {"in_approval": "review"}. A state that is not ' +
        'named keeps its name; what is said of a state holds for those inside of it.',
      propertyNames: {
        pattern: statePath,
        description: 'A state of an earlier version, with those around it: `open.waiting`.',
      },
      additionalProperties: { type: 'string', pattern: statePath, description: 'A state of this version.' },
    },
    context: mapOf(
      expressionRef,
      'What the process remembers, over `record` and the `context` of the earlier version: ' +
        '{"rounds": "context.attempts + 1"}. What is not named is taken over under its name.',
    ),
    restart: {
      type: 'object',
      description:
        'What is invoked and begins anew though it was open: {"approve": true}. Everything else that is open goes on ' +
        'where this version invokes the same under the same name.',
      propertyNames: nameRef,
      additionalProperties: { type: 'boolean' },
    },
  },
  {
    description:
      'Takes records that live on earlier versions over to this one. Without it they stay on the version that they ' +
      'began with.',
  },
)
