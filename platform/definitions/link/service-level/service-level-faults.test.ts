import { describe, expect, test } from 'vitest'
import { whereUsed } from '../../where-used/where-used.ts'
import { mergePatch } from '../../load/merge-patch.ts'
import { buildModel, modelFromDocuments } from '../build-model.ts'
import type { GivenDocuments } from '../complete-documents.ts'
import { salesDocuments } from '../sales-documents.fixture.ts'

const notify = { type: 'notify', params: { to: 'record.owner', text: "'Late'" } }
const sound = {
  ...salesDocuments,
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: { day: { days: ['monday', 'tuesday'], from: '09:00', to: '17:00' } },
    },
  },
  service_level: {
    care: {
      name: 'care',
      label: 'Care',
      object: 'opportunity',
      applies_when: "record.account.sector == 'retail'",
      calendar: 'office',
      promises: {
        answer: {
          label: 'Answer',
          target: 'P2D',
          targets: {
            great: { when: 'record.amount > 1000', target: 'PT4H' },
            huge: { when: 'record.amount > 100000', target: 'PT1H', order: 1, calendar: 'office' },
          },
          starts_when: "record.stage == 'open'",
          starts_at: 'record.created_at',
          pauses_when: "record.stage == 'review'",
          stops_when: "record.stage in ['won', 'lost']",
          warnings: { half: { type: 'share', percent: 50, actions: [notify] } },
          escalations: {
            boss: {
              type: 'breach',
              label: 'Told the boss',
              actions: [
                { type: 'set', params: { values: { probability: '10' } } },
                { type: 'send', params: { target: 'record', event: 'lose' } },
              ],
            },
          },
        },
      },
    },
    rest: {
      name: 'rest',
      label: 'Rest',
      object: 'opportunity',
      order: 2,
      promises: {
        answer: { label: 'Answer', target: 'P5D', starts_when: 'true', stops_when: 'record.amount > 0' },
      },
    },
  },
} as const

function faults(level: object, beside: object = {}): string[] {
  const documents = mergePatch(sound, { service_level: { care: level }, ...beside }) as GivenDocuments
  return buildModel({ documents }).problems.map(
    ({ code, place }) => `${code} ${place.file.replace('.json', '')}${place.pointer}`,
  )
}
const answer = (promise: object) => ({ promises: { answer: promise } })
const at = (rest: string) => `service_levels/care/promises/answer${rest}`

describe('the Model of a service level', () => {
  const model = modelFromDocuments(sound as unknown as GivenDocuments)
  const [first, second] = model.serviceLevels.get('opportunity') ?? []

  test('those of an object are in order, targets too, and the usual target is the last', () => {
    expect([first?.name, second?.name]).toEqual(['rest', 'care'])
    const targets = second?.promises.get('answer')?.targets ?? []
    expect(targets.map(({ name, target, calendar }) => [name, target, calendar.name])).toEqual([
      ['huge', 'PT1H', 'office'],
      ['great', 'PT4H', 'office'],
      ['', 'P2D', 'office'],
    ])
    expect(first?.promises.get('answer')?.targets[0]?.calendar.name).toBe('around_the_clock')
    expect(model.serviceLevels.has('account')).toBe(false)
  })

  test('actions write under the role of the process that governs the object, or under a role of their own', () => {
    expect(second?.actor.runAs).toBe('seller')
    const other = mergePatch(sound, {
      role: { robot: { name: 'robot', label: 'Robot' } },
      service_level: { care: { run_as: 'robot' } },
    }) as GivenDocuments
    expect(modelFromDocuments(other).serviceLevels.get('opportunity')?.[1]?.actor.runAs).toBe('robot')
  })

  test('its hash changes with it and with a calendar in which it counts', () => {
    const hash = (patch: object) =>
      modelFromDocuments(mergePatch(sound, patch) as GivenDocuments)
        .serviceLevels.get('opportunity')
        ?.find(({ name }) => name === 'care')?.hash
    expect(hash({})).toBe(second?.hash)
    expect(hash({ object: { account: { label: 'Customer' } } })).toBe(second?.hash)
    expect(hash({ service_level: { care: answer({ target: 'P3D' }) } })).not.toBe(second?.hash)
    const holiday = { exceptions: { '2026-12-28': { type: 'holiday' } } }
    expect(hash({ calendar: { office: holiday } })).not.toBe(second?.hash)
  })

  test('its conditions and actions are found by what they use', () => {
    expect(whereUsed(model, 'account.sector')).toContain('service_levels/care/applies_when')
    expect(whereUsed(model, 'opportunity.probability')).toContain(at('/escalations/boss'))
    expect(whereUsed(model, 'opportunity.amount')).toContain(at('/targets/great/when'))
  })
})

test.each([
  ['an unknown object', { object: 'oportunity' }, 'unknown_object service_levels/care/object'],
  ['an unknown role', { run_as: 'sellr' }, 'unknown_role service_levels/care/run_as'],
  ['an unknown calendar', { calendar: 'ofice' }, 'unknown_calendar service_levels/care/calendar'],
  [
    'an unknown calendar of a target',
    answer({ targets: { great: { calendar: 'ofice' } } }),
    `unknown_calendar ${at('/targets/great/calendar')}`,
  ],
  [
    'a condition that is none',
    { applies_when: 'record.amount' },
    'expression_type service_levels/care/applies_when',
  ],
  ['an unknown field', answer({ stops_when: 'record.won' }), `expression ${at('/stops_when')}`],
  [
    'a start that is no moment',
    answer({ starts_at: 'record.close_on' }),
    `expression_type ${at('/starts_at')}`,
  ],
  [
    'a condition of a target that is none',
    answer({ targets: { great: { when: '1' } } }),
    `expression_type ${at('/targets/great/when')}`,
  ],
  [
    'a condition that time alone changes',
    answer({ pauses_when: 'record.close_on < today()' }),
    `condition_by_time ${at('/pauses_when')}`,
  ],
  [
    'an action that writes what is not there',
    answer({ escalations: { boss: { actions: [{ type: 'set', params: { values: { amout: '1' } } }] } } }),
    `unknown_field ${at('/escalations/boss/actions/0/params/values/amout')}`,
  ],
  [
    'an event that the process does not know',
    answer({
      escalations: { boss: { actions: [{ type: 'send', params: { target: 'record', event: 'loose' } }] } },
    }),
    `unknown_event ${at('/escalations/boss/actions/0/params/event')}`,
  ],
  [
    'an action that a machine alone has',
    answer({ escalations: { boss: { actions: [{ type: 'assign', params: { values: {} } }] } } }),
    `value ${at('/escalations/boss/actions/0/type')}`,
  ],
])('%s is found at its place', (_, patch, expected) => {
  expect(faults(patch)).toEqual([expected])
})

test('a formula that reads the time is found behind a condition', () => {
  const field = { type: 'formula', returns: 'boolean', expression: 'record.close_on < today()' }
  const beside = { object: { opportunity: { fields: { overdue: field } } } }
  expect(faults(answer({ pauses_when: 'record.overdue' }), beside)).toEqual([
    `condition_by_time ${at('/pauses_when')}`,
  ])
})

test('an action that writes needs a role, one that tells people something does not', () => {
  const beside = { process: { pipeline: { run_as: null, machine: { states: { open: { after: null } } } } } }
  expect(faults({}, beside)).toEqual([
    `alert_without_role ${at('/escalations/boss/actions/0')}`,
    `alert_without_role ${at('/escalations/boss/actions/1')}`,
  ])
})

test('columns count down the promises that there are, of the object that is listed, and sort by them', () => {
  const view = (columns: readonly string[], field: string, object = 'opportunity') => ({
    view: { late: { name: 'late', label: 'Late', object, type: 'list', columns, sort: [{ field }] } },
  })
  expect(faults({}, view(['title', 'promise:answer'], 'promise:answer'))).toEqual([])
  expect(faults({}, view(['title', 'promise:answr'], 'promise:awnser'))).toEqual([
    'unknown_promise views/late/columns/1',
    'unknown_promise views/late/sort/0/field',
  ])
  expect(faults({}, view(['name', 'promise:answer'], 'name', 'account'))).toEqual([
    'unknown_promise views/late/columns/1',
  ])
})
