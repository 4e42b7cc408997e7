import { afterAll, describe, expect, it } from 'vitest'
import type { RecordExpectation, RequestAnswer } from '../../platform/background/scenarios/document.ts'
import { openTheatre } from '../../platform/background/scenarios/index.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'

const request = (id: string) => ({
  id,
  src: 'request',
  input: { connection: 'bureau', method: 'GET', path: 'ratings' },
  onDone: {
    target: 'known',
    actions: [{ type: 'set', params: { values: { rating: 'event.output.body.rating' } } }],
  },
  onError: {
    target: 'unknown',
    actions: [{ type: 'set', params: { values: { rating: 'event.error.code' } } }],
  },
})
const { model, problems } = buildModel({
  documents: {
    choice_set: { state_tag: { name: 'state_tag', choices: { waiting: {}, strange: {} } } },
    connection: {
      bureau: { name: 'bureau', label: 'Bureau', base_url: 'https://bureau.invalid/', methods: ['GET'] },
    },
    object: {
      customer: {
        name: 'customer',
        label: 'Customer',
        name_field: 'title',
        lifecycle: 'rating',
        fields: { title: { type: 'text' }, rating: { type: 'text' }, state: { type: 'state' } },
      },
    },
    role: {
      clerk: {
        name: 'clerk',
        label: 'Clerk',
        objects: { customer: { create: true, read: 'all', update: 'all' } },
      },
    },
    process: {
      rating: {
        name: 'rating',
        label: 'Rating',
        object: 'customer',
        state_field: 'state',
        starts: 'on_create',
        run_as: 'clerk',
        events: { again: { label: 'Again' } },
        machine: {
          initial: 'asking',
          states: {
            asking: { tags: { waiting: true }, meta: { label: 'Asking' }, invoke: request('rating') },
            known: { meta: { label: 'Known' }, on: { again: 'asking_twice' } },
            asking_twice: { meta: { label: 'Asking twice' }, invoke: [request('first'), request('second')] },
            unknown: { tags: { strange: true }, meta: { label: 'Unknown' }, on: { again: 'asking' } },
          },
        },
      },
    },
  },
} as never)
if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
const theatre = await openTheatre({ model })
afterAll(() => theatre.close())

const play = (...steps: ({ answer: RequestAnswer } | { expect: Partial<RecordExpectation> } | 'again')[]) =>
  theatre.play({
    label: 'Test',
    people: { ann: { roles: ['clerk'] } },
    steps: [
      { do: 'create', by: 'ann', object: 'customer', as: 'acme', values: { title: 'Acme' } },
      ...steps.map((step) => {
        if (step === 'again') return { do: 'event', by: 'ann', record: 'acme', event: 'again' } as const
        return 'answer' in step
          ? ({ do: 'answer', record: 'acme', ...step.answer } as const)
          : ({ do: 'expect', record: 'acme', ...step.expect } as const)
      }),
    ],
  })

describe('an answer of an outside system', () => {
  it('goes to the process that waits for it', async () => {
    const departure = await play(
      { expect: { state: 'asking', tags: ['waiting'] } },
      { answer: { status: 200, body: { rating: 'A' } } },
      { expect: { state: 'known', tags: [], values: { rating: 'A' } } },
    )
    expect(departure).toBeUndefined()
  })

  it('that is no success, or does not come, is an error', async () => {
    const refused = await play(
      { answer: { status: 404 } },
      { expect: { state: 'unknown', tags: ['strange'], values: { rating: 'http_404' } } },
      'again',
      { answer: {} },
      { expect: { state: 'unknown', values: { rating: 'unreachable' } } },
    )
    expect(refused).toBeUndefined()
  })

  it('says which request it is for, where several wait', async () => {
    const known = { answer: { status: 200, body: { rating: 'A' } } }
    expect(await play(known, 'again', known)).toMatchObject({
      step: 3,
      message: expect.stringContaining('2 requests wait for an answer: first, second'),
    })
    const named = await play(
      known,
      'again',
      { answer: { invocation: 'second', status: 200, body: { rating: 'B' } } },
      { expect: { state: 'known', values: { rating: 'B' } } },
    )
    expect(named).toBeUndefined()
  })

  it('leaves the way where nobody waits for one, or where the tags are others', async () => {
    const answered = { answer: { status: 200, body: {} } }
    expect(await play(answered, answered)).toEqual({
      step: 2,
      message: 'no process of the record waits for an answer.',
    })
    expect(await play({ expect: { tags: ['strange'] } })).toEqual({
      step: 1,
      message: 'the tags are waiting, not strange.',
    })
  })
})
