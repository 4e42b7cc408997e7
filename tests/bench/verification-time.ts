import { buildModel } from '../../platform/definitions/index.ts'

const states = 60

/**
 * Linking and verifying a machine of 60 states with guards, timers and work: the time of a check with
 * it, less that of a check of the same declarations with a machine of two states. Schemas are compiled before.
 */
export function measureVerification(): string {
  check(2)
  const took = (count: number) => {
    const times = Array.from({ length: 5 }, () => check(count)).toSorted((a, b) => a - b)
    return times[2] as number
  }
  const milliseconds = took(states) - took(2)
  return `verification of a machine of ${states} states: ${milliseconds.toFixed(1)} ms (goal 100)`
}

function check(count: number): number {
  const documents = {
    object: {
      thing: {
        name: 'thing',
        label: 'Thing',
        plural: 'Things',
        name_field: 'title',
        lifecycle: 'life',
        fields: { title: { type: 'text' }, size: { type: 'integer' }, state: { type: 'state' } },
      },
    },
    role: { clerk: { name: 'clerk', label: 'Clerk', objects: { thing: { read: 'all', update: 'all' } } } },
    process: { life: life(count) },
  }
  const begun = performance.now()
  const { model, problems } = buildModel({ documents })
  const milliseconds = performance.now() - begun
  if (model === undefined || problems.length > 0)
    throw new Error(problems.map((problem) => problem.message).join('; '))
  return milliseconds
}

/** A chain of states: guarded branches in each, a timer in every third, work in every fifth. */
function life(count: number) {
  const chain = Array.from({ length: count - 1 }, (_, at) => [`s${at}`, link(at, count)])
  return {
    name: 'life',
    label: 'Life',
    object: 'thing',
    state_field: 'state',
    starts: 'on_create',
    run_as: 'clerk',
    events: {
      next: { label: 'Next', form: { sure: { type: 'boolean', required: true } } },
      stop: { label: 'Stop' },
    },
    machine: {
      initial: 's0',
      on: { stop: '.ended' },
      states: { ...Object.fromEntries(chain), ended: { type: 'final', meta: { label: 'Ended' } } },
    },
  }
}

function link(at: number, count: number) {
  const next = at === count - 2 ? 'ended' : `s${at + 1}`
  const guard = (expression: string) => ({ guard: { type: 'when', params: { expression } } })
  return {
    meta: { label: `State ${at}` },
    on: {
      next: [
        { ...guard(`record.size > ${at} && event.sure`), target: next },
        { ...guard(`record.size < ${at} || record.title in ['a', 'b']`), target: 'ended' },
        { target: next, actions: [{ type: 'note', params: { text: "'Went on: ' + record.title" } }] },
      ],
    },
    ...(at % 3 === 0 ? { after: { P2D: next } } : {}),
    ...(at % 5 === 0
      ? {
          invoke: {
            id: `work_${at}`,
            src: 'approval',
            input: { title: 'Look', candidate_role: 'clerk' },
            onDone: [{ ...guard("event.output.outcome == 'approved'"), target: next }, { target: 'ended' }],
          },
        }
      : {}),
  }
}
