import { expect, test } from 'vitest'
import { modelFromDocuments } from '../../definitions/index.ts'
import { eventsDrawnFor, factsOf } from './state-facts.ts'

const leaf = (label: string, more: object = {}) => ({ meta: { label }, ...more })
const final = (label: string) => ({ type: 'final', ...leaf(label) })
const raise = { type: 'raise', params: { event: 'own' } }
const model = modelFromDocuments({
  object: {
    job: {
      name: 'job',
      label: 'Job',
      plural: 'Jobs',
      name_field: 'title',
      lifecycle: 'doing',
      fields: { title: { type: 'text' }, state: { type: 'state' } },
    },
  },
  role: {
    hand: { name: 'hand', label: 'Hand', objects: { job: { create: true, read: 'all', update: 'all' } } },
  },
  process: {
    doing: {
      name: 'doing',
      label: 'Doing',
      object: 'job',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'hand',
      events: {
        cut: { label: 'Cut' },
        glue: { label: 'Glue' },
        stop: { label: 'Stop' },
        own: { label: 'Own', allowed_roles: {} },
      },
      machine: {
        initial: 'both',
        states: {
          both: {
            meta: { label: 'Both' },
            type: 'parallel',
            on: { stop: 'over', own: 'over' },
            onDone: 'over',
            states: {
              cutting: {
                initial: 'whole',
                states: { whole: leaf('Whole', { on: { cut: 'pieces' } }), pieces: final('Pieces') },
              },
              gluing: {
                initial: 'dry',
                states: {
                  dry: leaf('Dry', {
                    on: { glue: { target: 'glued', actions: [raise] }, stop: 'glued' },
                    after: { P1D: 'glued' },
                  }),
                  glued: final('Glued'),
                },
              },
            },
          },
          over: final('Over'),
        },
      },
    },
  },
})
const process = model.processes.get('doing')
if (process === undefined) throw new Error('There is no process.')

test('what states around regions take is drawn for one region, what is taken inside for its own', () => {
  const drawn = (state: string, ...active: string[]) => eventsDrawnFor(process, { leaf: state, active })
  const [whole, pieces, dry] = ['both.cutting.whole', 'both.cutting.pieces', 'both.gluing.dry']
  expect(drawn(whole, whole, dry)).toEqual(['stop', 'cut'])
  expect(drawn(dry, whole, dry)).toEqual(['glue', 'stop'])
  expect(drawn(pieces, pieces, dry)).toEqual([])
  expect(drawn(dry, pieces, dry)).toEqual(['stop', 'glue'])
})

test('a timer may come in the state that has one, and in those beneath', () => {
  expect(factsOf(process, 'both.gluing.dry').mayCome).toBe(true)
  expect(factsOf(process, 'both.cutting.whole').mayCome).toBe(false)
})
