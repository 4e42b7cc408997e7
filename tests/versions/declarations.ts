/** A case whose process changes from version to version: what the tests say of the process is laid over this. */
export function declarations(process: object, parts: Readonly<Record<string, object>> = {}) {
  return {
    object: {
      case: {
        name: 'case',
        label: 'Case',
        plural: 'Cases',
        name_field: 'title',
        lifecycle: 'handling',
        fields: {
          title: { type: 'text' },
          remark: { type: 'text' },
          urgent: { type: 'boolean' },
          due_on: { type: 'date' },
          state: { type: 'state' },
        },
      },
    },
    role: {
      clerk: {
        name: 'clerk',
        label: 'Clerk',
        objects: { '*': { create: true, read: 'all', update: 'all', delete: 'all' } },
      },
    },
    process: {
      handling: {
        name: 'handling',
        label: 'Handling',
        object: 'case',
        state_field: 'state',
        starts: 'on_create',
        run_as: 'clerk',
        ...process,
      },
      ...parts,
    },
  }
}

export const set = (values: Readonly<Record<string, string>>) => ({ type: 'set', params: { values } })

export const state = (label: string, rest: object = {}) => ({ meta: { label }, ...rest })

/** Events of all versions. */
export const events = { go: {}, back: {}, hold: {}, resume: {}, end: {} }
/** Draft, a state where something is waited for, done. */
export const waiting = (name: string, rest: object = {}, process: object = {}) =>
  declarations({
    events,
    ...process,
    machine: {
      initial: 'draft',
      states: {
        draft: state('Draft', { on: { go: name } }),
        [name]: state(name, { on: { end: 'done' }, ...rest }),
        done: state('Done', { type: 'final' }),
      },
    },
  })
/** The state `waiting` has become `review`. */
export const renamed = { migration: { states: { waiting: 'review' } } }
