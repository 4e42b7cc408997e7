import { beforeEach, describe, expect, it } from 'vitest'
import { changeDueTime } from '../../platform/processes/index.ts'
import { deleteRecord } from '../../platform/records/index.ts'
import { openClaims } from './claims.ts'
import { lateDeclarations } from './late.declarations.ts'

const claims = await openClaims()
const { tenant, clerk, boss, chief, administrator, nextMonth, at, clock } = claims
const { claim, send, workOf, check, decide, tried, verdict } = claims

beforeEach(nextMonth)

describe('a task', () => {
  it('that was done in time is late where the draft leaves less time for it', async () => {
    const id = await claim('monday', '10:00')
    clock('wednesday', '09:30')
    await check(id)
    const report = await tried({ check: { due: 'P1D' } })
    expect(report.counts).toEqual({ same: 0, other: 0, refused: 0, late: 1, unknown: 0 })
    expect(report.cases).toEqual([
      expect.objectContaining({
        way: 'late',
        record: id,
        late: [
          {
            step: 1,
            event: 'task done',
            work: 'check',
            due: at('tuesday', '10:00'),
            state: 'done',
            endedAt: at('wednesday', '09:30'),
            lateBy: 'PT23H30M',
          },
        ],
      }),
    ])
    expect(await verdict({ check: { due: 'P2D' } })).toMatchObject({ way: 'same' })
    expect(await verdict({ check: { due: null } })).toMatchObject({ way: 'same' })
  })

  it('counts in the calendar of the draft, over a weekend and a holiday', async () => {
    const id = await claim('friday', '16:00')
    clock('next_monday', '10:30')
    await check(id)
    expect(await verdict({ check: { due: 'PT4H@office' } })).toMatchObject({ way: 'same' })
    const short = await verdict({ check: { due: 'PT2H@office' } })
    expect(short).toMatchObject({
      late: [{ due: at('friday', '18:00'), endedAt: at('next_monday', '10:30'), lateBy: 'P2DT16H30M' }],
    })
    const early = { shifts: { day: { from: '08:00' } } }
    const tries = (office: object) => verdict({ check: { due: 'PT4H@office' }, calendar: { office } })
    expect(await tries(early)).toMatchObject({
      late: [{ due: at('next_monday', '10:00'), lateBy: 'PT30M' }],
    })
    const exceptions = { [at('next_monday', '00:00').slice(0, 10)]: { type: 'holiday' } }
    expect(await tries({ ...early, exceptions })).toMatchObject({ way: 'same' })
  })

  it('that was late already is no matter of the draft', async () => {
    const id = await claim('monday', '10:00')
    clock('friday', '10:00')
    await check(id)
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({ way: 'same' })
  })

  it('that is done at its due time is in time', async () => {
    const id = await claim('monday', '10:00')
    clock('tuesday', '10:00')
    await check(id)
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({ way: 'same' })
    expect(await verdict({ check: { due: 'PT23H59M59S' } })).toMatchObject({ late: [{ lateBy: 'PT1S' }] })
  })

  it('is late while it is open past its time', async () => {
    await claim('monday', '10:00')
    clock('tuesday', '12:00')
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({
      way: 'late',
      late: [{ step: 0, event: 'begin', state: 'open', endedAt: null, lateBy: 'PT2H' }],
    })
    clock('tuesday', '09:00')
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({ way: 'same' })
  })

  it('of a deleted record counts to its deletion', async () => {
    const id = await claim('monday', '10:00')
    clock('monday', '15:00')
    await tenant.write(administrator, (unit) => deleteRecord(unit, { object: 'claim', id }))
    clock('wednesday', '10:00')
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({ way: 'same' })
    expect(await verdict({ check: { due: 'PT4H' } })).toMatchObject({ late: [{ lateBy: 'PT1H' }] })
  })

  it('is late, too, where the process went on without it', async () => {
    const id = await claim('monday', '10:00')
    clock('tuesday', '12:00')
    await send(id, 'drop')
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({
      late: [{ step: 1, event: 'drop', state: 'left', endedAt: at('tuesday', '12:00'), lateBy: 'PT2H' }],
    })
  })

  it('of which somebody changed the due time by hand is judged by that', async () => {
    const id = await claim('monday', '10:00')
    const item = await workOf(clerk, id)
    await tenant.write(administrator, (unit) =>
      changeDueTime(unit, { id: item, due: new Date(at('friday', '10:00')) }),
    )
    clock('thursday', '10:00')
    await check(id)
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({ way: 'same' })
  })

  it('that only the draft asks for is not judged', async () => {
    const id = await claim('monday', '10:00')
    await check(id)
    clock('monday', '11:00')
    await decide(boss, id)
    await decide(chief, id)
    const { invoke } = lateDeclarations.process.claiming.machine.states.deciding
    const input = { title: 'File it', candidate_role: 'clerk', due: 'PT1M' }
    const file = { id: 'file', src: 'task', input, onDone: 'dropped' }
    expect(await verdict({ states: { deciding: { invoke: [invoke, file] } } })).toMatchObject({ way: 'same' })
  })

  it('that is asked for again is told from the time before', async () => {
    const id = await claim('monday', '10:00')
    clock('monday', '11:00')
    await check(id)
    await decide(boss, id, 'rejected')
    clock('tuesday', '17:00')
    await check(id)
    expect(await verdict({ check: { due: 'P1D' } })).toMatchObject({
      late: [{ step: 3, event: 'task done', lateBy: 'PT6H' }],
    })
  })

  it('of a case that goes another way is not judged', async () => {
    const id = await claim('monday', '10:00')
    clock('wednesday', '09:30')
    await check(id)
    const onDone = [
      { guard: { type: 'when', params: { expression: 'user.id == null' } }, target: 'deciding' },
    ]
    const checking = { invoke: { input: { due: 'P1D' }, onDone: [...onDone, { target: 'dropped' }] } }
    expect(await verdict({ states: { checking } })).toMatchObject({ way: 'other' })
  })
})

it('says that it cannot be told where the version that ran does not tell when work was due', async () => {
  const id = await claim('monday', '10:00')
  clock('wednesday', '09:30')
  await check(id)
  await tenant.sql`update claim set title = 'B', version = version + 1 where id = ${id}`
  // The version that ran asks for the title, the draft does not.
  const checking = { invoke: { input: { due: 'P1D' }, onDone: 'deciding' } }
  expect(await verdict({ states: { checking } })).toMatchObject({
    way: 'unknown',
    text: 'in the draft "check" is late, and whether it was in the version that ran cannot be told',
  })
})
