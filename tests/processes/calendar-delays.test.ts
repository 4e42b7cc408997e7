import { describe, expect, it } from 'vitest'
import { buildModel, type modelFromDocuments } from '../../platform/definitions/index.ts'
import { describeProcess, sendEvent } from '../../platform/processes/index.ts'
import { createRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

type Documents = Parameters<typeof modelFromDocuments>[0]

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

/** A question that is answered within four hours of work, or goes to the boss, who has a working day. */
const declarations = (delays = { after: 'PT4H@support', due: 'P1D@support' }): Documents => ({
  calendar: {
    support: {
      name: 'support',
      label: 'Support',
      time_zone: 'Asia/Shanghai',
      shifts: {
        morning: { days: weekdays, from: '09:00', to: '12:00' },
        afternoon: { days: weekdays, from: '13:00', to: '18:00' },
      },
      exceptions: { '2026-11-30': { type: 'holiday' } },
    },
  },
  object: {
    question: {
      name: 'question',
      label: 'Question',
      plural: 'Questions',
      name_field: 'text',
      lifecycle: 'answering',
      fields: { text: { type: 'text' }, state: { type: 'state' } },
    },
  },
  role: {
    agent: {
      name: 'agent',
      label: 'Agent',
      objects: { question: { create: true, read: 'all', update: 'all' } },
    },
  },
  process: {
    answering: {
      name: 'answering',
      label: 'Answering',
      object: 'question',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'agent',
      events: { answer: { label: 'Answer' }, escalate: { label: 'Escalate' } },
      entries: { late: { label: 'Late', states: ['open'], allowed_roles: { agent: true } } },
      machine: {
        initial: 'open',
        states: {
          open: {
            meta: { label: 'Open' },
            on: { answer: 'answered', escalate: 'escalated' },
            after: { [delays.after]: 'escalated' },
          },
          escalated: {
            meta: { label: 'Escalated' },
            invoke: {
              id: 'decide',
              src: 'task',
              input: { title: 'Decide', candidate_role: 'agent', due: delays.due },
              onDone: 'answered',
            },
          },
          answered: { type: 'final', meta: { label: 'Answered' } },
        },
      },
    },
  },
})

const tenant = await testTenant(await freshDatabase(), declarations())
const agent = await tenant.person('Agent', { roles: ['agent'] })

/** Instants in Shanghai, eight hours ahead of UTC. */
const at = (local: string) => new Date(`${local}+08:00`).toISOString()

async function questionAt(local: string, entry?: string): Promise<string> {
  tenant.setClock(at(local))
  const values = entry === undefined ? { text: 'Why?' } : { text: 'Why?', state: 'open' }
  const record = await tenant.write(agent, (unit) =>
    createRecord(unit, { object: 'question', values }, entry === undefined ? {} : { entry }),
  )
  return String(record.id)
}

const view = (id: string) => tenant.read(agent, (unit) => describeProcess(unit, { object: 'question', id }))

describe('a delay in a working calendar', () => {
  it.each([
    ['over lunch', '2026-11-24T10:00', '2026-11-24T15:00'],
    ['over a weekend and a holiday', '2026-11-27T17:00', '2026-12-01T12:00'],
    ['from outside of work', '2026-11-24T20:00', '2026-11-25T14:00'],
  ])('runs %s', async (_, from, until) => {
    const { due } = await view(await questionAt(from))
    expect(due.map((timer) => new Date(timer.at).toISOString())).toEqual([at(until)])
  })

  it('runs from a declared entry, too', async () => {
    const { due } = await view(await questionAt('2026-11-27T17:00', 'late'))
    expect(due.map((timer) => new Date(timer.at).toISOString())).toEqual([at('2026-12-01T12:00')])
  })

  it('makes work due', async () => {
    const id = await questionAt('2026-11-27T16:00')
    await tenant.write(agent, (unit) =>
      sendEvent(unit, { object: 'question', id, event: 'escalate', values: {} }),
    )
    const [item] = (await view(id)).work_items
    expect(new Date(String(item?.due_at)).toISOString()).toBe(at('2026-12-01T16:00'))
  })
})

describe('a declaration', () => {
  const problemsOf = (documents: Documents) =>
    buildModel({ documents }).problems.map(
      ({ code, place, remedy }) => `${code} ${place.pointer} ${remedy ?? ''}`,
    )

  it('is refused where it names a calendar that there is not', () => {
    expect(problemsOf(declarations({ after: 'PT4H@suport', due: 'P1D@office' }))).toEqual([
      expect.stringMatching(/^unknown_calendar .*PT4H@suport.*support/),
      expect.stringMatching(/^unknown_calendar .*\/input\/due.*support/),
    ])
  })

  it('is refused where weeks are counted in working time', () => {
    expect(problemsOf(declarations({ after: 'P1W@support', due: 'P1D@support' }))).not.toEqual([])
  })

  it('is refused where a calendar has no such zone, or shifts that overlap', () => {
    const { calendar, ...rest } = declarations()
    const support = calendar?.support as Record<string, unknown>
    const wrong = {
      ...support,
      time_zone: 'Asia/Shangai',
      shifts: {
        day: { days: weekdays, from: '09:00', to: '18:00' },
        late: { days: ['friday'], from: '17:00', to: '20:00' },
      },
    }
    const found = problemsOf({ ...rest, calendar: { support: wrong } })
    expect(found).toContainEqual(expect.stringMatching(/^calendar .*time_zone/))
    expect(found).toContainEqual(expect.stringMatching(/^calendar .*shifts/))
  })
})
