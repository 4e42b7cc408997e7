import { describe, expect, it } from 'vitest'
import { fieldTypeRegistry } from '../../platform/definitions/index.ts'
import { assembleSchemas } from '../../platform/definitions/schemas/assemble.ts'
import { checkAgainstSchema } from '../../platform/definitions/validate/schema-walk.ts'
import { parseAmount } from '../../platform/calendars/amount.ts'
import type { CalendarDeclaration } from '../../platform/calendars/declaration.ts'
import type { PromiseDeclaration } from '../../platform/definitions/model/service-level.ts'

const schemas = assembleSchemas(fieldTypeRegistry())

const faults = (document: unknown, file: string) =>
  checkAgainstSchema(document, { schemas, file }).map(({ path, message }) => `/${path.join('/')} ${message}`)

const office = {
  name: 'office',
  label: { en: 'Office', 'zh-CN': '办公时间' },
  time_zone: 'Asia/Shanghai',
  holidays_from: 'china',
  shifts: {
    morning: { label: 'Morning', days: ['monday', 'friday'], from: '09:00', to: '12:00' },
    night: { days: ['saturday'], from: '22:00', to: '06:00' },
  },
  exceptions: {
    '2026-10-01': {
      type: 'holiday',
      label: { en: 'National Day', 'zh-CN': '国庆节' },
      through: '2026-10-07',
    },
    '2026-10-10': { type: 'working_day', like: 'monday' },
  },
  every_year: { '12-31': { type: 'special_hours', shifts: [{ from: '09:00', to: '24:00' }] } },
} satisfies CalendarDeclaration

const solution = {
  target: { working_days: 2, until: 'closing' },
  again: 'continue',
  warnings: {
    half: { type: 'share', percent: 50 },
    last_hour: { type: 'before', amount: 'PT1H' },
  },
  escalations: {
    owner: { type: 'breach' },
    lead: { type: 'after', amount: 'P1D' },
    director: { type: 'share', percent: 200 },
  },
} satisfies PromiseDeclaration

const actions = [{ type: 'notify', params: { to: 'record.owner', text: "'Late'" } }]
const withActions = (alerts: Record<string, object>) =>
  Object.fromEntries(Object.entries(alerts).map(([name, alert]) => [name, { ...alert, actions }]))

const service = {
  name: 'support',
  label: 'Support',
  object: 'case',
  calendar: 'office',
  applies_when: "record.kind == 'fault'",
  promises: {
    solution: {
      label: { en: 'Solution', 'zh-CN': '解决' },
      ...solution,
      warnings: withActions(solution.warnings),
      escalations: withActions(solution.escalations),
      targets: { urgent: { when: "record.priority == 'urgent'", target: 'PT4H', calendar: 'always' } },
      starts_when: 'true',
      starts_at: 'record.received_at',
      pauses_when: "record.status == 'waiting'",
      stops_when: "record.status == 'solved'",
    },
  },
}

describe('the schema of calendars', () => {
  it('admits a calendar with everything', () => {
    expect(faults(office, 'calendar.json')).toEqual([])
  })

  it.each<[string, object, string]>([
    [
      'an hour that no clock shows',
      { shifts: { a: { days: ['monday'], from: '24:00', to: '06:00' } } },
      '/shifts/a/from',
    ],
    [
      'an unknown weekday',
      { shifts: { a: { days: ['mon'], from: '09:00', to: '10:00' } } },
      '/shifts/a/days/0',
    ],
    ['a date in another form', { exceptions: { '1.10.2026': { type: 'holiday' } } }, '/exceptions/1.10.2026'],
    [
      'a made-up day without a pattern',
      { exceptions: { '2026-10-10': { type: 'working_day' } } },
      '/exceptions/2026-10-10/like',
    ],
    [
      'a range that comes every year',
      { every_year: { '12-25': { type: 'holiday', through: '2026-12-26' } } },
      '/every_year/12-25/through',
    ],
  ])('refuses %s', (_, change, place) => {
    expect(faults({ ...office, ...change }, 'calendar.json').map((fault) => fault.split(' ')[0])).toEqual([
      place,
    ])
  })
})

describe('the schema of service levels', () => {
  it('admits a service level with everything', () => {
    expect(faults(service, 'service_level.json')).toEqual([])
  })

  it.each<[string, object, string]>([
    ['weeks', { target: 'P1W' }, '/promises/solution/target'],
    [
      'a warning after the breach',
      { warnings: withActions({ late: { type: 'share', percent: 100 } }) },
      '/promises/solution/warnings/late/percent',
    ],
    [
      'an alert that does nothing',
      { escalations: { owner: { type: 'breach' } } },
      '/promises/solution/escalations/owner/actions',
    ],
    ['a promise without an end', { stops_when: undefined }, '/promises/solution/stops_when'],
  ])('refuses %s', (_, change, place) => {
    const promise = JSON.parse(JSON.stringify({ ...service.promises.solution, ...change })) as object
    const document = { ...service, promises: { solution: promise } }
    expect(faults(document, 'service_level.json').map((fault) => fault.split(' ')[0])).toEqual([place])
  })

  it('admits as an amount what the arithmetic understands, and nothing else', () => {
    const isAmount = (text: string) => {
      try {
        return parseAmount(text) !== undefined
      } catch {
        return false
      }
    }
    for (const target of [
      'P2D',
      'PT4H',
      'P1DT4H',
      'PT30M',
      'PT1H30M5S',
      'P',
      'PT',
      'P1DT',
      'P1W',
      'P1M',
      'PT1.5H',
      'P-1D',
      '2D',
    ]) {
      const document = { ...service, promises: { solution: { ...service.promises.solution, target } } }
      expect(`${target} ${faults(document, 'service_level.json').length === 0}`).toBe(
        `${target} ${isAmount(target)}`,
      )
    }
  })
})
