import { describe, expect, it } from 'vitest'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'

const field = (type: string, rest: object = {}) => ({ type, ...rest })
const object = (name: string, fields: object, rest: object = {}) => ({
  [name]: { name, label: name, plural: name, name_field: 'name', fields, ...rest },
})
const problems = (objects: object) =>
  buildModel({ documents: { object: objects } as never }).problems.map(
    (problem) => `${problem.severity} ${problem.place.pointer} ${describeProblem(problem)}`,
  )
const name = field('text', { personal: 'identity' })

describe('personal data', () => {
  it('are named where no rule ever ends them', () => {
    expect(problems(object('guest', { name }))).toEqual([
      expect.stringMatching(/^warning .*"guest" holds personal data \(name\) that no erasure reaches/),
    ])
    expect(problems(object('guest', { name }, { person: true }))).toEqual([])
    const retention = { after: 'P2Y', since: 'record.created_at', then: 'erase' }
    expect(problems(object('guest', { name }, { retention }))).toEqual([])
    const of = { guest: field('reference', { to: 'guest', personal: true }), name }
    expect(problems({ ...object('guest', { name }, { person: true }), ...object('stay', of) })).toEqual([])
  })

  it.each([
    [
      'a computed value',
      { score: field('formula', { returns: 'integer', expression: '1', personal: true }) },
      'holds no value of a person',
    ],
    [
      'what is required and cannot be replaced',
      { born: field('date', { required: true, personal: true }) },
      'could be neither blank',
    ],
    [
      'a reference to what is no person',
      { room: field('reference', { to: 'room', personal: true }) },
      'stand for no person',
    ],
  ])('cannot be %s', (_, fields, message) => {
    const room = object('room', { name: field('text') })
    const found = problems({ ...object('guest', { name, ...fields }, { person: true }), ...room })
    expect(found).toEqual([expect.stringContaining(message)])
  })
})

describe('rules', () => {
  const erase = { after: 'P2Y', since: 'record.created_at', then: 'erase' }
  const keeps = { keep_when: 'record.name != null', keep_because: 'Law' }

  it.each([
    ['person', { person: true }],
    ['erasure', { erasure: keeps }],
    ['retention', { retention: erase }],
  ])('"%s" needs something to erase', (property, rest) => {
    expect(problems(object('guest', { name: field('text') }, rest))).toEqual([
      expect.stringMatching(new RegExp(`^error /${property} .*No field of "guest" is personal`)),
    ])
  })

  it('may delete what is not personal', () => {
    const retention = { ...erase, then: 'delete' }
    expect(problems(object('log', { name: field('text') }, { retention }))).toEqual([])
  })

  it.each([
    [{ since: 'record.name' }, 'gives neither'],
    [{ since: 'record.nothing' }, 'nothing'],
    [{ when: 'record.name' }, 'bool is needed'],
    [{ after: 'PT5H' }, 'after'],
    [{ after: 'P0D' }, 'after'],
  ])('of retention are checked: %o', (wrong, message) => {
    const found = problems(object('guest', { name }, { person: true, retention: { ...erase, ...wrong } }))
    expect(found.join('\n')).toContain(message)
  })

  it('of erasure are checked', () => {
    const erasure = { ...keeps, keep_when: 'record.nothing == 1' }
    expect(problems(object('guest', { name }, { person: true, erasure })).join()).toContain('nothing')
  })
})
