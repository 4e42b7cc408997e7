import { expect, it } from 'vitest'
import { levelsOf } from './read-work.ts'

const levels = [
  { name: 'first', seats: [{ id: 'new seat' }, { id: 'first.1' }] },
  { name: 'top', seats: [{ id: 'top.0' }] },
]
const part = (seat: string, at: string, isRescheduled = false) => ({
  seat,
  at,
  is_rescheduled: isRescheduled,
})
const open = (name: string, from: string, to: string | null, isRescheduled = false) => ({
  ...{ name, from, to, isRescheduled },
})

it('tells levels by the seats of their work, also by those that were passed on', () => {
  const parts = [part('first.0', '1'), part('passed on', '2'), part('new seat', '3'), part('top.0', '4')]
  expect(levelsOf({ levels, ended_at: '5' }, parts)).toEqual([open('first', '1', '4'), open('top', '4', '5')])
})

it('opens a level again that comes again, and lets the last one be open', () => {
  const parts = [part('first.1', '1'), part('top.0', '2', true), part('first.1', '3')]
  expect(levelsOf({ levels, ended_at: null }, parts)).toEqual([
    open('first', '1', '2'),
    open('top', '2', '3', true),
    open('first', '3', null),
  ])
})

it('knows of no level where nobody was asked', () => {
  expect(levelsOf({ levels, ended_at: '1' }, [])).toEqual([])
})
