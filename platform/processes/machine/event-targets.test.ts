import { expect, it } from 'vitest'
import type { MachineNode } from '../../definitions/model/model.ts'
import { eventTargets, timerTargets } from './event-targets.ts'

/** The targets as plain objects. */
function targets(machine: object): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    [...eventTargets({ machine: machine as MachineNode })].map(([event, byLeaf]) => [
      event,
      Object.fromEntries([...byLeaf].map(([from, to]) => [from, [...to].toSorted()])),
    ]),
  )
}

it('tells every state that an event can lead to, whatever its guards say', () => {
  const machine = {
    initial: 'draft',
    states: {
      draft: { on: { finish: [{ target: 'waiting', guard: 'high' }, { target: 'approved' }] } },
      waiting: { on: { withdraw: 'draft' } },
      approved: {},
    },
  }
  expect(targets(machine)).toEqual({
    finish: { draft: ['approved', 'waiting'] },
    withdraw: { waiting: ['draft'] },
  })
})

it('counts the transitions of states around a state, and enters the first state inside of a target', () => {
  const machine = {
    initial: 'open',
    states: {
      open: {
        initial: 'new',
        on: { lose: 'closed', restart: '#begin' },
        states: { new: { id: 'begin', on: { work: 'working' } }, working: {} },
      },
      closed: { on: { reopen: 'open' } },
    },
  }
  expect(targets(machine)).toEqual({
    work: { 'open.new': ['open.working'] },
    lose: { 'open.new': ['closed'], 'open.working': ['closed'] },
    restart: { 'open.new': ['open.new'], 'open.working': ['open.new'] },
    reopen: { closed: ['open.new'] },
  })
})

it('goes on from a state that is left at once, and stops where such states lead in a circle', () => {
  const machine = {
    initial: 'draft',
    states: {
      draft: { on: { check: 'checking', turn: 'left' } },
      checking: { always: [{ target: 'refused', guard: 'bad' }, { target: 'good' }] },
      refused: {},
      good: { always: { target: 'famous', guard: 'rare' } },
      famous: {},
      left: { always: { target: 'right', guard: 'odd' } },
      right: { always: { target: 'left', guard: 'even' } },
    },
  }
  expect(targets(machine)).toEqual({
    check: { draft: ['famous', 'good', 'refused'] },
    turn: { draft: ['left', 'right'] },
  })
})

it('says nothing of an event that changes no state', () => {
  expect(targets({ initial: 'draft', states: { draft: { on: { note: { actions: [] } } } } })).toEqual({})
})

it('tells where timers lead, by the ids that they have while they are pending', () => {
  const machine = {
    initial: 'sent',
    states: {
      sent: { after: { P30D: 'expired', P7D: { actions: [] } } },
      open: { id: 'begin', after: { PT1H: '#begin' } },
      expired: {},
    },
  } as unknown as MachineNode
  expect([...timerTargets({ name: 'quote', machine })].map(([id, to]) => [id, [...to]])).toEqual([
    ['xstate.after.P30D.quote.sent', ['expired']],
    ['xstate.after.P7D.quote.sent', []],
    ['xstate.after.PT1H.begin', ['open']],
  ])
})
