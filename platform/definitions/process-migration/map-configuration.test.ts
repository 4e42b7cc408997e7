import { describe, expect, it } from 'vitest'
import type { StateValue } from './active-states.ts'
import { mapConfiguration } from './map-configuration.ts'

const machine = {
  initial: 'draft',
  states: {
    draft: {},
    review: {
      initial: 'first',
      states: { first: {}, second: {}, past: { type: 'history' } },
    },
    work: {
      type: 'parallel',
      states: {
        goods: { initial: 'packing', states: { packing: {}, sent: {} } },
        money: { initial: 'open', states: { open: {}, paid: {} } },
      },
    },
    done: { type: 'final' },
  },
}

const map = (value: StateValue, states: Readonly<Record<string, string>> = {}, of: object = machine) => {
  const migration = {
    states: new Map(Object.entries(states)),
    context: new Map(),
    restart: new Set<string>(),
  }
  const result = mapConfiguration({ name: 'order', machine: of as Record<string, unknown>, migration }, value)
  if ('faults' in result) return result.faults.map(({ message }) => message)
  const { targets, kept, entered } = result.mapped
  return { targets, kept: Object.fromEntries(kept), entered }
}

describe('where a record of an earlier version goes on', () => {
  it('is the state of the same name, which it does not enter again', () => {
    expect(map('draft')).toEqual({ targets: ['draft'], kept: { draft: 'draft' }, entered: [] })
  })

  it('is the state that the migration names; the state around it is entered where it was in none', () => {
    expect(map('in_approval', { in_approval: 'review.second' })).toEqual({
      targets: ['review.second'],
      kept: { 'review.second': 'in_approval' },
      entered: ['review'],
    })
  })

  it('holds for the states inside of a state as well, unless more is said of one', () => {
    const states = { check: 'review', 'check.third': 'review.second' }
    expect(map({ check: 'first' }, states)).toMatchObject({
      targets: ['review.first'],
      kept: { review: 'check', 'review.first': 'check.first' },
      entered: [],
    })
    expect(map({ check: 'third' }, states)).toMatchObject({ targets: ['review.second'] })
  })

  it('folds the states inside of a state into one without children', () => {
    expect(map({ check: 'anywhere' }, { check: 'draft' })).toMatchObject({
      targets: ['draft'],
      kept: { draft: 'check' },
    })
  })

  it('enters regions that are new beside those in which it was', () => {
    expect(map({ work: { goods: 'sent' } })).toEqual({
      targets: ['work.goods.sent'],
      kept: { work: 'work', 'work.goods': 'work.goods', 'work.goods.sent': 'work.goods.sent' },
      entered: ['work.money', 'work.money.open'],
    })
    expect(map('packing', { packing: 'work.goods.packing' })).toMatchObject({
      entered: ['work', 'work.goods', 'work.money', 'work.money.open'],
    })
  })

  it('enters the first state inside of one that has got children', () => {
    expect(map('review')).toEqual({
      targets: ['review'],
      kept: { review: 'review' },
      entered: ['review.first'],
    })
  })

  it('gives a parallel machine a place in each of its regions', () => {
    const parallel = { type: 'parallel', states: machine.states.work.states }
    expect(map('sent', { sent: 'goods.sent' }, parallel)).toMatchObject({
      targets: ['goods.sent', 'money'],
      entered: ['goods', 'money', 'money.open'],
    })
  })

  it('is nowhere where the state is gone, has become a history, or would be two that exclude each other', () => {
    expect(map('gone')).toEqual([expect.stringContaining('no state "gone" any more')])
    expect(map({ review: 'third' })).toEqual([expect.stringContaining('"review.third"')])
    expect(map({ review: 'past' })).toEqual([expect.stringContaining('"review.past"')])
    expect(map({ old: { a: 'x', b: 'y' } }, { 'old.a.x': 'draft', 'old.b.y': 'done' })).toEqual([
      expect.stringContaining('exclude each other'),
    ])
  })
})
