import { expect, test } from 'vitest'
import { modelFromDocuments } from '../../../definitions/index.ts'
import { randomFor } from '../../recipes/random.ts'
import { inventAnswer } from './invent-answer.ts'

const when = (expression: string) => ({ type: 'when', params: { expression } })
const model = modelFromDocuments({
  object: {
    firm: {
      name: 'firm',
      label: 'Firm',
      plural: 'Firms',
      name_field: 'title',
      lifecycle: 'asking',
      fields: { title: { type: 'text' }, state: { type: 'state' } },
    },
  },
  connection: {
    bureau: { name: 'bureau', label: 'Bureau', base_url: 'https://bureau.invalid/', methods: ['GET'] },
  },
  role: {
    clerk: { name: 'clerk', label: 'Clerk', objects: { firm: { create: true, read: 'all', update: 'all' } } },
  },
  process: {
    asking: {
      name: 'asking',
      label: 'Asking',
      object: 'firm',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'clerk',
      machine: {
        initial: 'asked',
        states: {
          asked: {
            meta: { label: 'Asked' },
            invoke: {
              id: 'rate',
              src: 'request',
              input: { connection: 'bureau', method: 'GET', path: 'rate' },
              onDone: [
                { guard: when('event.output.body.is_known == true'), target: 'good' },
                {
                  guard: when("event.output.body.grade == 'A' || event.output.body.score > 5"),
                  target: 'good',
                },
                { target: 'bad' },
              ],
              onError: 'bad',
            },
          },
          good: { type: 'final', meta: { label: 'Good' } },
          bad: { type: 'final', meta: { label: 'Bad' } },
        },
      },
    },
  },
})

test('an answer has what the process decides by, with values near those that it compares', () => {
  const process = model.processes.get('asking')
  if (process === undefined) throw new Error('There is no process.')
  const answers = Array.from({ length: 80 }, (_, at) =>
    inventAnswer(process, { invocation: 'rate', random: randomFor(at, '') }),
  )
  const all = (name: string) => new Set(answers.map((answer) => answer[name]))
  expect(all('is_known')).toEqual(new Set([true, false]))
  expect(all('grade')).toEqual(new Set(['A', null, 4, 5, 6]))
  expect(all('score')).toEqual(new Set(['A', null, 4, 5, 6]))
  expect(inventAnswer(process, { invocation: 'other', random: randomFor(1, '') })).toEqual({})
})
