import { beforeEach, describe, expect, it } from 'vitest'
import { returnWorkItem } from '../../platform/processes/index.ts'
import { openClaims } from './claims.ts'

const claims = await openClaims()
const { tenant, boss, chief, nextMonth, at, clock, claim, workOf, check, decide, verdict } = claims

beforeEach(nextMonth)

describe('an approval in levels', () => {
  /** Checked at once on Monday; the boss approves on Tuesday, the chief on Thursday. */
  async function approved(): Promise<string> {
    const id = await claim('monday', '10:00')
    await check(id)
    clock('tuesday', '15:00')
    await decide(boss, id)
    clock('thursday', '10:00')
    await decide(chief, id)
    return id
  }

  it('is late by the deadline of a level, from when the level opened', async () => {
    await approved()
    const own = (after: string) => ({ approve: { levels: { top: { deadline: { after, do: 'pass_on' } } } } })
    expect(await verdict(own('P2D'))).toMatchObject({ way: 'same' })
    expect(await verdict(own('P1D@office'))).toMatchObject({
      way: 'late',
      late: [
        {
          step: 2,
          event: 'approval approved',
          work: 'approve',
          level: 'top',
          due: at('wednesday', '15:00'),
          state: 'done',
          endedAt: at('thursday', '10:00'),
          lateBy: 'PT19H',
        },
      ],
    })
  })

  it('is late by its own deadline, and by the due time of the levels that have none', async () => {
    await approved()
    const deadline = { after: 'P2D', do: 'reject' }
    expect(await verdict({ approve: { deadline } })).toMatchObject({
      late: [{ work: 'approve', due: at('wednesday', '10:00'), lateBy: 'P1D' }],
    })
    expect(await verdict({ approve: { due: 'P1D' } })).toMatchObject({
      late: [
        { level: 'first', due: at('tuesday', '10:00'), lateBy: 'PT5H' },
        { level: 'top', due: at('tuesday', '10:00'), lateBy: 'P2D' },
      ],
    })
  })

  it('is judged while it is open, level by level', async () => {
    const id = await claim('monday', '10:00')
    await check(id)
    clock('tuesday', '09:00')
    await decide(boss, id)
    clock('wednesday', '10:00')
    const deadline = { after: 'P1D', do: 'pass_on' }
    const both = { first: { deadline }, top: { deadline } }
    expect(await verdict({ approve: { levels: both } })).toMatchObject({
      late: [{ level: 'top', due: at('wednesday', '09:00'), state: 'open', lateBy: 'PT1H' }],
    })
  })

  it('asks a level anew when it is returned there', async () => {
    const id = await claim('monday', '10:00')
    await check(id)
    clock('monday', '12:00')
    await decide(boss, id)
    clock('monday', '14:00')
    const item = await workOf(chief, id)
    await tenant.write(chief, (unit) => returnWorkItem(unit, { id: item, to: 'first', comment: 'Again' }))
    clock('tuesday', '09:00')
    await decide(boss, id)
    await decide(chief, id)
    const deadline = { after: 'PT4H', do: 'pass_on' }
    expect(await verdict({ approve: { levels: { first: { deadline } } } })).toMatchObject({
      late: [
        { level: 'first', due: at('monday', '18:00'), endedAt: at('tuesday', '09:00'), lateBy: 'PT15H' },
      ],
    })
  })

  it('is not late at a level that the draft would not have asked', async () => {
    await approved()
    const deadline = { after: 'PT1H', do: 'pass_on' }
    const asked = (when: string) => ({ approve: { levels: { top: { when, deadline } } } })
    expect(await verdict(asked('record.title != null'))).toMatchObject({ way: 'late' })
    expect(await verdict(asked('record.title == null'))).toMatchObject({ way: 'same' })
  })
})
