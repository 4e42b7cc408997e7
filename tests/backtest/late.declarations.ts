import type { modelFromDocuments } from '../../platform/definitions/index.ts'

export type Documents = Parameters<typeof modelFromDocuments>[0]

const when = (expression: string) => ({ type: 'when', params: { expression } })
const role = (name: string) => ({
  name,
  label: name,
  objects: { '*': { create: true, read: 'all', update: 'all' } },
})

/** Claims that are checked within two days, and approved in two levels without a time. */
export const lateDeclarations = {
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: {
        day: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '09:00', to: '18:00' },
      },
    },
  },
  object: {
    claim: {
      name: 'claim',
      label: 'Claim',
      plural: 'Claims',
      name_field: 'title',
      lifecycle: 'claiming',
      fields: { title: { type: 'text', required: true }, state: { type: 'state' } },
    },
  },
  role: { clerk: role('clerk'), boss: role('boss'), chief: role('chief') },
  process: {
    claiming: {
      name: 'claiming',
      label: 'Claiming',
      object: 'claim',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'clerk',
      events: { drop: { label: 'Drop' } },
      machine: {
        initial: 'checking',
        states: {
          checking: {
            meta: { label: 'Checking' },
            on: { drop: 'dropped' },
            invoke: {
              id: 'check',
              src: 'task',
              input: { title: 'Check', candidate_role: 'clerk', due: 'P3D' },
              onDone: [{ guard: when("record.title != 'B'"), target: 'deciding' }, { target: 'deciding' }],
            },
          },
          deciding: {
            meta: { label: 'Deciding' },
            invoke: {
              id: 'approve',
              src: 'approval',
              input: {
                title: 'Approve',
                return: { to_levels: true },
                levels: {
                  first: { approvers: { boss: { role: 'boss' } } },
                  top: { approvers: { chief: { role: 'chief' } } },
                },
              },
              onDone: [
                { guard: when("event.output.outcome == 'approved'"), target: 'settled' },
                { target: 'checking' },
              ],
            },
          },
          settled: { type: 'final', meta: { label: 'Settled' } },
          dropped: { type: 'final', meta: { label: 'Dropped' } },
        },
      },
    },
  },
} satisfies Documents
