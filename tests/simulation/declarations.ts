import { modelFromDocuments } from '../../platform/definitions/index.ts'
import type { Recipe, Recipes } from '../../platform/background/recipes/declared.ts'
import type { SimulationDocument } from '../../platform/background/simulation/index.ts'
import { simulateOn } from '../../platform/background/simulation/simulate.ts'
import type { Theatre } from '../../platform/background/stage/index.ts'

const when = (expression: string) => ({ type: 'when', params: { expression } })

const rights = (object: string) => ({ [object]: { create: true, read: 'all', update: 'all' } })

/** Loans: large ones are for a boss to decide, and what was granted is given out after two days of work. */
export const model = modelFromDocuments({
  object: {
    bank: {
      name: 'bank',
      label: 'Bank',
      plural: 'Banks',
      name_field: 'name',
      fields: { name: { type: 'text', required: true, unique: true } },
    },
    loan: {
      name: 'loan',
      label: 'Loan',
      plural: 'Loans',
      name_field: 'title',
      lifecycle: 'lending',
      fields: {
        title: { type: 'text', required: true },
        bank: { type: 'reference', to: 'bank', required: true },
        size: { type: 'integer', minimum: 0 },
        note: { type: 'text' },
        parts: { type: 'lines', of: 'loan_part.loan' },
        part_count: { type: 'rollup', returns: 'integer', of: 'loan_part.loan', function: 'count' },
        state: { type: 'state' },
      },
      validations: {
        unlucky: { invalid_when: 'record.size == 13', at: 'size', message: 'Thirteen is not lent.' },
      },
    },
    loan_part: {
      name: 'loan_part',
      label: 'Part',
      plural: 'Parts',
      name_field: 'name',
      ownership: 'none',
      parent: 'loan',
      fields: {
        loan: { type: 'reference', to: 'loan', on_delete: 'cascade', required: true },
        name: { type: 'text', required: true },
      },
    },
  },
  role: {
    asker: {
      name: 'asker',
      label: 'Asker',
      objects: { ...rights('loan'), bank: { create: true, read: 'all' }, user: { read: 'all' } },
    },
    boss: { name: 'boss', label: 'Boss', objects: { loan: { read: 'all', update: 'all' } } },
  },
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: {
        day: {
          label: 'Day',
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
          from: '09:00',
          to: '17:00',
        },
      },
    },
  },
  process: {
    lending: {
      name: 'lending',
      label: 'Lending',
      object: 'loan',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'boss',
      events: {
        ask: { label: 'Ask', allowed_when: 'record.size > 10 && record.part_count > 0' },
        drop: { label: 'Drop' },
        call_back: { label: 'Call back', allowed_roles: { boss: true } },
        rate: { label: 'Rate', form: { stars: { type: 'rating', required: true } } },
      },
      machine: {
        initial: 'draft',
        states: {
          draft: {
            meta: { label: 'Draft' },
            on: {
              ask: [
                { guard: when('record.size > 100'), target: 'review' },
                { guard: when('record.size < 0'), target: 'dropped' },
                { target: 'granted' },
              ],
              drop: 'dropped',
            },
          },
          review: {
            meta: { label: 'Review' },
            invoke: {
              id: 'decide',
              src: 'approval',
              input: {
                ...{ title: 'Decide', candidate_role: 'boss', due: 'P1D' },
                form: { reason: { type: 'text', required: true } },
              },
              onDone: [
                { guard: when("event.output.outcome == 'approved'"), target: 'granted' },
                { target: 'dropped' },
              ],
            },
            on: { call_back: 'draft' },
          },
          granted: {
            meta: { label: 'Granted' },
            after: { 'P2D@office': 'paid' },
            on: { drop: 'dropped', rate: { guard: when('event.stars >= 4'), target: 'paid' } },
          },
          paid: { type: 'final', meta: { label: 'Paid' } },
          dropped: { type: 'final', meta: { label: 'Dropped' } },
        },
      },
    },
  },
})

/** Nobody is late, and nothing but what a test says happens. */
export const people: NonNullable<SimulationDocument['people']> = {
  bea: { roles: ['boss'] },
  ann: { roles: ['asker'], manager: 'bea' },
}

/** A loan of a size, with a part of it. */
export const loan = (size: Recipe): Recipes => ({ size, parts: { rows: [1, 1], row: { name: 'All' } } })

export type Played = Awaited<ReturnType<typeof simulateOn>>

export function simulation(theatre: Theatre, process = 'lending', of = model) {
  return (
    document: Omit<SimulationDocument, 'label'>,
    {
      cases = 40,
      seed = 1,
      days = 365,
      shown,
    }: { cases?: number; seed?: number; days?: number; shown?: number } = {},
  ): Promise<Played> => {
    const found = of.processes.get(process)
    if (found === undefined) throw new Error(`There is no process "${process}".`)
    return simulateOn(theatre, {
      ...{ model: of, process: found, cases, seed, days, document: { label: 'Test', ...document } },
      ...(shown === undefined ? {} : { shown }),
    })
  }
}

export const hour = 3_600_000
export const ends = ({ report }: Played) =>
  Object.fromEntries(report.ends.map(({ state, cases }) => [state, cases]))
export const stateOf = ({ report }: Played, name: string) => report.states.find(({ state }) => state === name)
export const never = ({ report }: Played) =>
  report.transitions.filter(({ taken }) => taken === 0).map(({ from, on, to, why }) => [from, on, to, why])

/** Within what chance leaves. */
export const near = (share: number) => (found: number | undefined) => Math.abs((found ?? 0) - share) < 0.1

/** Loans of a size that are asked for an hour after they were noted. */
export const asked = (
  size: Recipe,
  more: Partial<SimulationDocument> = {},
): Omit<SimulationDocument, 'label'> => ({
  people,
  cases: { every: 'PT1H', values: loan(size) },
  ...more,
  events: {
    ask: { after: 'PT1H' },
    drop: { weight: 0 },
    rate: { weight: 0 },
    call_back: { weight: 0 },
    ...more.events,
  },
})
