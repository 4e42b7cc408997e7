import { describe, expect, it } from 'vitest'
import { aroundTheClock, createCalendar } from '../../calendars/calendar.ts'
import { weekdays } from '../../calendars/declaration.ts'
import { advance, type ServiceClock } from './advance.ts'
import type { ClockChange } from './course.ts'
import type { PromiseDeclaration } from '../../definitions/model/service-level.ts'
import { servicePromise } from './promise.ts'

const office = createCalendar({
  name: 'office',
  time_zone: 'Asia/Shanghai',
  shifts: { day: { days: weekdays.slice(0, 5), from: '09:00', to: '17:00' } },
})

const declaration: PromiseDeclaration = {
  target: 'PT8H',
  warnings: { half: { type: 'share', percent: 50 }, last_hour: { type: 'before', amount: 'PT1H' } },
  escalations: { lead: { type: 'breach' }, director: { type: 'after', amount: 'PT4H' } },
}

const promised = (change: Partial<PromiseDeclaration> = {}, calendar = office) =>
  servicePromise({ ...declaration, ...change }, { calendar })

/** Monday, 23 November 2026 is the first day. */
const at = (day: number, time: string) => Date.parse(`2026-11-${22 + day}T${time}+08:00`)
const shown = (instant: number | null | undefined) =>
  typeof instant === 'number' ? new Date(instant + 8 * 3_600_000).toISOString().slice(8, 16) : instant

function run(
  changes: readonly ClockChange[],
  {
    now,
    promise = promised(),
    clock = null,
  }: { now: number; promise?: ReturnType<typeof promised>; clock?: ServiceClock | null },
) {
  const advanced = advance({ clock, changes, promise, now })
  return { ...advanced, clock: advanced.clock as ServiceClock, names: advanced.fired.map(({ name }) => name) }
}

const start = (instant: number): ClockChange => ({ type: 'start', at: instant })

it('arms the warnings, the breach and the escalations in the order in which they come', () => {
  const { clock, names, wakes } = run([start(at(1, '10:00'))], { now: at(1, '10:00') })
  expect(clock).toMatchObject({
    status: 'running',
    round: 1,
    targetMs: 8 * 3_600_000,
    workedMs: 0,
    breachedAt: null,
  })
  expect(names).toEqual([])
  expect(wakes.map(({ at: instant, alert }) => `${shown(instant)} ${alert}`)).toEqual([
    '23T14:00 warnings/half',
    '23T17:00 warnings/last_hour',
    '24T10:00 escalations/lead',
    '24T10:00 null',
    '24T14:00 escalations/director',
  ])
})

it('moves the due moment by the working time of a pause, and by nothing in the night', () => {
  const now = at(2, '09:30')
  const paused = [start(at(1, '10:00')), { type: 'pause', at: at(1, '16:00') } as const]
  expect(run(paused, { now }).clock).toMatchObject({ status: 'paused', dueAt: null, workedMs: 6 * 3_600_000 })
  expect(run(paused, { now }).wakes).toEqual([])
  expect(shown(run([...paused, { type: 'resume', at: now }], { now }).clock.dueAt)).toBe('24T11:30')
  const night = [start(at(1, '10:00')), { type: 'pause', at: at(1, '17:00') } as const]
  expect(shown(run([...night, { type: 'resume', at: at(2, '09:00') }], { now }).clock.dueAt)).toBe('24T10:00')
})

it('is kept by what happens before the due moment, and broken at it', () => {
  const stopped = (instant: number) =>
    run([start(at(1, '09:00')), { type: 'stop', at: instant }], { now: at(2, '09:00') }).clock
  expect(stopped(at(1, '16:59'))).toMatchObject({ status: 'stopped', breachedAt: null, dueAt: null })
  expect(shown(stopped(at(1, '17:00')).breachedAt)).toBe('23T17:00')
  expect(shown(stopped(at(1, '20:00')).breachedAt)).toBe('23T17:00')
})

it('counts from an instant that has passed', () => {
  const { clock, names } = run([start(at(1, '10:00'))], { now: at(1, '15:00') })
  expect(shown(clock.dueAt)).toBe('24T10:00')
  expect(names).toEqual(['warnings/half'])
})

it('counts from an instant ahead', () => {
  const { clock, wakes } = run([start(at(3, '09:00'))], { now: at(1, '10:00') })
  expect(shown(clock.dueAt)).toBe('25T17:00')
  expect(wakes.at(-1)).toMatchObject({ alert: 'escalations/director' })
})

it('has no pause and no time before a start that lies ahead', () => {
  const paused: ClockChange[] = [
    start(at(3, '09:00')),
    { type: 'pause', at: at(1, '10:00') },
    { type: 'resume', at: at(1, '12:00') },
  ]
  expect(shown(run(paused, { now: at(1, '12:00') }).clock.dueAt)).toBe('25T17:00')
  const stopped = run([start(at(3, '09:00')), { type: 'stop', at: at(1, '12:00') }], {
    now: at(1, '12:00'),
  }).clock
  expect(stopped).toMatchObject({ status: 'stopped', endedAt: at(3, '09:00'), workedMs: 0, breachedAt: null })
})

describe('after an outage', () => {
  it('fires no warning that the breach has overtaken, and every escalation', () => {
    const { names, clock } = run([start(at(1, '09:00'))], { now: at(2, '15:00') })
    expect(names).toEqual(['escalations/lead', 'escalations/director'])
    expect(clock.alerts['warnings/half']).toEqual({ at: at(1, '13:00'), outcome: 'overtaken' })
  })

  it('fires of several warnings the last', () => {
    const { names } = run([start(at(1, '09:00'))], { now: at(1, '16:30') })
    expect(names).toEqual(['warnings/last_hour'])
  })

  it('fires an escalation that was due before the stop', () => {
    const changes = [start(at(1, '09:00')), { type: 'stop', at: at(1, '18:00') } as const]
    expect(run(changes, { now: at(3, '09:00') }).names).toEqual(['escalations/lead'])
  })

  it('fires nothing for a promise that is no longer made', () => {
    const changes = [start(at(1, '09:00')), { type: 'cancel', at: at(2, '15:00') } as const]
    expect(run(changes, { now: at(2, '15:00') }).names).toEqual([])
  })
})

it('fires nothing twice', () => {
  const first = run([start(at(1, '09:00'))], { now: at(1, '13:00') })
  expect(first.names).toEqual(['warnings/half'])
  expect(run([], { clock: first.clock, now: at(1, '13:30') }).names).toEqual([])
})

describe('a change of the promise', () => {
  const clock = run([start(at(1, '09:00'))], { now: at(1, '15:00') }).clock

  it('has the effect that it would have had from the start', () => {
    const urgent = run([], { clock, promise: promised({ target: 'PT2H' }), now: at(1, '15:00') })
    expect(shown(urgent.clock.breachedAt)).toBe('23T11:00')
    expect(urgent.names).toEqual(['escalations/lead', 'escalations/director'])
  })

  it('measures the time that has passed in the new calendar', () => {
    const always = run([], { clock, promise: promised({}, aroundTheClock), now: at(1, '15:00') })
    expect(shown(always.clock.dueAt)).toBe('23T17:00')
    const relaxed = run([], { clock, promise: promised({ target: 'P3D' }), now: at(1, '15:00') })
    expect(shown(relaxed.clock.dueAt)).toBe('25T17:00')
  })

  it('leaves a clock that has stopped as it is', () => {
    const stopped = run([{ type: 'stop', at: at(1, '15:00') }], { clock, now: at(1, '15:00') }).clock
    const later = run([], { clock: stopped, promise: promised({ target: 'PT2H' }), now: at(1, '16:00') })
    expect(later).toMatchObject({ clock: stopped, names: [], wakes: [] })
  })

  it('fires again what lies ahead again', () => {
    expect(clock.alerts['warnings/half']?.outcome).toBe('fired')
    const relaxed = run([], { clock, promise: promised({ target: 'PT16H' }), now: at(1, '15:00') })
    expect(relaxed.clock.alerts['warnings/half']).toEqual({ at: at(1, '17:00'), outcome: null })
    expect(
      run([], { clock: relaxed.clock, promise: promised({ target: 'PT16H' }), now: at(1, '17:00') }).names,
    ).toEqual(['warnings/half'])
  })
})

describe('a start after the stop', () => {
  const changes: ClockChange[] = [
    start(at(1, '09:00')),
    { type: 'stop', at: at(1, '15:00') },
    start(at(2, '09:00')),
  ]
  const after = (again: PromiseDeclaration['again']) =>
    run(changes, { promise: promised({ again }), now: at(2, '09:00') }).clock

  it('means nothing where the promise is made once', () => {
    expect(after('never')).toMatchObject({ status: 'stopped', round: 1 })
  })

  it('begins a new clock where the promise is made anew', () => {
    expect(after('anew')).toMatchObject({
      status: 'running',
      round: 2,
      startedAt: at(2, '09:00'),
      workedMs: 0,
    })
  })

  it('goes on where it had stopped where the promise continues', () => {
    const clock = after('continue')
    expect(clock).toMatchObject({ status: 'running', round: 1, workedMs: 6 * 3_600_000 })
    expect(shown(clock.dueAt)).toBe('24T11:00')
  })
})

describe('a change that is noticed late', () => {
  it('takes out the time since a pause began', () => {
    const clock = run([start(at(1, '09:00'))], { now: at(1, '15:00') }).clock
    const late = run([{ type: 'pause', at: at(1, '11:00') }], { clock, now: at(1, '15:00') }).clock
    expect(late.workedMs).toBe(2 * 3_600_000)
    const earlier = run([{ type: 'pause', at: at(1, '10:00') }], { clock: late, now: at(1, '15:00') }).clock
    expect(earlier.workedMs).toBe(3_600_000)
  })

  it('forgets the pauses after the stop', () => {
    const changes: ClockChange[] = [
      start(at(1, '09:00')),
      { type: 'pause', at: at(1, '12:00') },
      { type: 'resume', at: at(1, '13:00') },
      { type: 'stop', at: at(1, '11:00') },
    ]
    expect(run(changes, { now: at(1, '15:00') }).clock).toMatchObject({ pauses: [], workedMs: 2 * 3_600_000 })
  })
})

it('begins anew at a reset, and stays paused if it is', () => {
  const running = run([start(at(1, '09:00')), { type: 'reset', at: at(1, '13:00') }], { now: at(1, '14:00') })
  expect(running.clock).toMatchObject({ status: 'running', round: 2, workedMs: 3_600_000 })
  expect(running.clock.alerts['warnings/half']?.outcome).toBeNull()
  const changes: ClockChange[] = [
    start(at(1, '09:00')),
    { type: 'pause', at: at(1, '10:00') },
    { type: 'reset', at: at(1, '13:00') },
  ]
  expect(run(changes, { now: at(1, '14:00') }).clock).toMatchObject({
    status: 'paused',
    round: 2,
    workedMs: 0,
  })
})

it('fires after a reset again what had been fired before it', () => {
  const before = run([start(at(1, '09:00'))], { now: at(1, '13:00') })
  expect(before.names).toEqual(['warnings/half'])
  const reset: ClockChange = { type: 'reset', at: at(1, '13:00') }
  expect(run([reset], { clock: before.clock, now: at(1, '20:00') }).names).toEqual(['warnings/half'])
})

it('warns at the start where there is less time than the warning comes before', () => {
  const promise = promised({ warnings: { early: { type: 'before', amount: 'PT10H' } } })
  const { clock, names } = run([start(at(2, '10:00'))], { promise, now: at(2, '10:00') })
  expect(clock.alerts['warnings/early']?.at).toBe(at(2, '10:00'))
  expect(names).toEqual(['warnings/early'])
})

it('counts days of an escalation from the due moment', () => {
  const promise = promised({ escalations: { next_day: { type: 'after', amount: 'P1D' } } })
  const { clock } = run([start(at(1, '10:00'))], { promise, now: at(1, '10:00') })
  expect(shown(clock.alerts['escalations/next_day']?.at)).toBe('25T10:00')
})

it('counts days of a warning back from the due moment, also while there is none', () => {
  const promise = promised({ target: 'P3D', warnings: { eve: { type: 'before', amount: 'P1D' } } })
  const changes: ClockChange[] = [start(at(1, '10:00'))]
  expect(shown(run(changes, { promise, now: at(1, '10:00') }).clock.alerts['warnings/eve']?.at)).toBe(
    '25T10:00',
  )
  changes.push({ type: 'pause', at: at(2, '10:00') })
  expect(run(changes, { promise, now: at(3, '10:00') }).clock.alerts['warnings/eve']?.at).toBeNull()
  changes.push({ type: 'resume', at: at(3, '10:00') })
  expect(shown(run(changes, { promise, now: at(3, '10:00') }).clock.alerts['warnings/eve']?.at)).toBe(
    '26T10:00',
  )
})

it('is due at the closing of the last of some days', () => {
  const promise = promised({ target: { working_days: 1, until: 'closing' } })
  const { clock } = run([start(at(1, '16:00'))], { promise, now: at(1, '16:00') })
  expect(shown(clock.dueAt)).toBe('24T17:00')
})

it('has no clock before a start', () => {
  const changes: ClockChange[] = [{ type: 'stop', at: at(1, '09:00') }]
  expect(advance({ clock: null, changes, promise: promised(), now: at(1, '09:00') })).toEqual({
    clock: null,
    fired: [],
    wakes: [],
  })
})

it('refuses a change from the future', () => {
  expect(() =>
    run([start(at(1, '09:00')), { type: 'stop', at: at(1, '11:00') }], { now: at(1, '10:00') }),
  ).toThrow(
    'The change "stop" is of 2026-11-23T03:00:00.000Z, after now (2026-11-23T02:00:00.000Z). Only a start may lie ahead.',
  )
})
