const set = (values: object, when?: string) => ({
  type: 'set',
  params: { values, ...(when === undefined ? {} : { when }) },
})
const note = (text: string) => ({ type: 'note', params: { text } })
const trigger = (name: string, rest: object) => ({
  [name]: { name, label: name, object: 'task', run_as: 'robot', ...rest },
})
const every = { create: true, read: 'all', update: 'all', delete: 'all' }

/** Tasks of projects, with a trigger of every kind. */
export const declarations = {
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: {
        day: {
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
          from: '09:00',
          to: '17:00',
        },
      },
    },
  },
  object: {
    project: {
      name: 'project',
      label: 'Project',
      plural: 'Projects',
      name_field: 'name',
      fields: { name: { type: 'text' }, tasks: { type: 'integer', default: 0 } },
    },
    task: {
      name: 'task',
      label: 'Task',
      plural: 'Tasks',
      name_field: 'title',
      lifecycle: 'working',
      fields: {
        title: { type: 'text', unique: true },
        project: { type: 'reference', to: 'project' },
        stage: { type: 'choice', choices: { new: {}, open: {}, done: {} }, default: 'new' },
        due_on: { type: 'datetime' },
        late_on: { type: 'datetime' },
        trail: { type: 'text' },
        loops: { type: 'integer', default: 0 },
        state: { type: 'state' },
      },
      validations: {
        no_tail: { invalid_when: "record.trail == 'refused'", at: 'trail', message: 'Not this trail.' },
      },
    },
  },
  process: {
    working: {
      name: 'working',
      label: 'Working',
      object: 'task',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: { finish: { label: 'Finish', form: { how: { type: 'text' } } } },
      machine: {
        initial: 'active',
        states: { active: { on: { finish: 'finished' } }, finished: { type: 'final' } },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      features: { import: true },
      objects: { task: every, project: every },
    },
    robot: { name: 'robot', label: 'Robot', objects: { task: every, project: every } },
  },
  trigger: {
    ...trigger('count_in_project', {
      on: { type: 'created' },
      when: 'record.project != null',
      actions: [
        {
          type: 'update',
          params: { target: 'record.project', values: { tasks: 'record.project.tasks + 1' } },
        },
      ],
    }),
    ...trigger('note_stage', {
      on: { type: 'changed', fields: { stage: true } },
      when: "before.stage == 'new' && record.stage != 'new'",
      actions: [note("before.stage + ' to ' + record.stage + ' of ' + record.project.name")],
    }),
    ...trigger('finish_done', {
      on: { type: 'changed', fields: { stage: true } },
      when: "changed('stage') && record.stage == 'done'",
      actions: [{ type: 'send', params: { target: 'record', event: 'finish' } }],
    }),
    ...trigger('note_end', {
      on: { type: 'changed', fields: { state: true } },
      actions: [note("'is ' + record.state")],
    }),
    ...trigger('refuse_trail', {
      on: { type: 'changed', fields: { trail: true } },
      when: "record.trail == 'fail'",
      actions: [note("'kept'"), set({ trail: "'refused'" })],
    }),
    ...trigger('ping', {
      on: { type: 'changed', fields: { loops: true } },
      when: 'record.loops > 0 && record.loops % 2 == 1',
      actions: [set({ loops: 'record.loops + 1' })],
    }),
    ...trigger('pong', {
      on: { type: 'changed', fields: { loops: true } },
      when: 'record.loops > 0 && record.loops % 2 == 0',
      actions: [set({ loops: 'record.loops + 1' })],
    }),
    ...trigger('remind', {
      on: { type: 'due', at: "record.due_on - duration('P1D')" },
      when: "record.stage != 'done'",
      actions: [note("'due tomorrow'")],
    }),
    ...trigger('late', {
      on: { type: 'due', at: 'record.late_on', past: 'run' },
      actions: [note("'late'")],
    }),
    ...trigger('sweep', {
      on: { type: 'schedule', at: ['09:00'], calendar: 'office', where: "record.stage == 'open'" },
      actions: [note("'still open'")],
    }),
    ...trigger('hook', {
      on: {
        type: 'inbound',
        authentication: { type: 'signature', secret: 'hook' },
        fields: {
          title: { type: 'text', required: true },
          how: { type: 'text' },
          number: { type: 'text' },
        },
        members: { number: '/meta/id' },
        finds: { title: 'event.title' },
        once_by: 'event.number',
      },
      actions: [
        { type: 'send', params: { target: 'record', event: 'finish', values: { how: 'event.how' } } },
      ],
    }),
    ...trigger('intake', {
      on: {
        type: 'inbound',
        authentication: { type: 'key', secret: 'intake' },
        fields: { title: { type: 'text', max_length: 20 } },
      },
      actions: [{ type: 'create', params: { object: 'task', values: { title: 'event.title' } } }],
    }),
  },
} as const
