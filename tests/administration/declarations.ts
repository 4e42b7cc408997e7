import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const all = { create: true, read: 'all', update: 'all', delete: 'all' }
const keyed = { features: { api_keys: true, bulk: true, import: true } }

/** Somebody who looks after people alone, a clerk who may change people, and projects with lines, files and work. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    client: {
      name: 'client',
      label: 'Client',
      plural: 'Clients',
      name_field: 'name',
      fields: {
        name: { type: 'text', required: true },
        code: { type: 'text', unique: true },
        worth: { type: 'rollup', of: 'project.client', function: 'count', returns: 'integer' },
      },
      search: ['name'],
    },
    project: {
      name: 'project',
      label: 'Project',
      plural: 'Projects',
      name_field: 'title',
      lifecycle: 'approach',
      fields: {
        title: { type: 'text', required: true },
        client: { type: 'reference', to: 'client' },
        status: { type: 'state' },
        parts: { type: 'lines', of: 'part.project' },
      },
      search: ['title'],
    },
    part: {
      name: 'part',
      label: 'Part',
      plural: 'Parts',
      name_field: 'label',
      ownership: 'none',
      parent: 'project',
      fields: {
        label: { type: 'text', required: true },
        project: { type: 'reference', to: 'project', on_delete: 'cascade', required: true },
      },
    },
  },
  role: {
    reception: {
      name: 'reception',
      label: { en: 'Reception', 'zh-CN': '前台' },
      description: { en: 'Looks after people.', 'zh-CN': '管理人员。' },
      features: { administer: true },
      objects: { user: all, team: all },
    },
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      ...keyed,
      objects: { user: all, client: all, project: all, part: all, team: { read: 'all' } },
    },
    planner: {
      name: 'planner',
      label: 'Planner',
      ...keyed,
      objects: { client: { read: 'all' }, project: all, user: { read: 'all' } },
    },
  },
  process: {
    approach: {
      name: 'approach',
      label: 'Approach',
      object: 'project',
      state_field: 'status',
      starts: 'on_create',
      events: { check: { label: 'Check' } },
      machine: {
        initial: 'open',
        states: {
          open: { meta: { label: 'Open' }, on: { check: 'checked' } },
          checked: {
            meta: { label: 'Checked' },
            invoke: {
              src: 'task',
              id: 'look',
              input: { title: 'Look at it', assignee: 'record.owner' },
              onDone: { target: 'open' },
            },
          },
        },
      },
    },
  },
}
