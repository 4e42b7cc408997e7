import type { modelFromDocuments } from '../../platform/definitions/index.ts'

/** Claims that a checker looks at, the clerks approve, and somebody pays; secret ones are out of most people's sight. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    claim: {
      name: 'claim',
      label: { en: 'Claim', 'zh-CN': '索赔' },
      plural: { en: 'Claims', 'zh-CN': '索赔' },
      name_field: 'title',
      lifecycle: 'settling',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        checker: { type: 'user' },
        paid: { type: 'integer', read_only: true },
      },
    },
  },
  role: {
    client: {
      name: 'client',
      label: 'Client',
      objects: { claim: { create: true, read: 'own', update: 'own' } },
    },
    clerk: { name: 'clerk', label: 'Clerk', objects: { claim: { read: 'all' }, user: { read: 'all' } } },
    robot: { name: 'robot', label: 'Robot', objects: { claim: { read: 'all', update: 'all' } } },
  },
  process: {
    settling: {
      name: 'settling',
      label: 'Settling',
      object: 'claim',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: { file: { label: 'File' }, withdraw: { label: 'Withdraw' } },
      machine: {
        initial: 'new',
        states: {
          new: { meta: { label: 'New' }, on: { file: 'approving', withdraw: 'closed' } },
          approving: {
            meta: { label: 'Approving' },
            invoke: {
              id: 'approve',
              src: 'approval',
              input: {
                title: { en: 'Approve the claim', 'zh-CN': '审批索赔' },
                candidate_role: 'clerk',
                due: 'P2D',
                form: { amount: { type: 'integer' } },
              },
              onDone: [
                {
                  guard: { type: 'when', params: { expression: "event.output.outcome == 'approved'" } },
                  target: 'checking',
                  actions: [{ type: 'set', params: { values: { paid: 'event.output.amount' } } }],
                },
                { target: 'closed' },
              ],
            },
            on: { withdraw: 'closed' },
          },
          checking: {
            meta: { label: 'Checking' },
            invoke: {
              id: 'check',
              src: 'task',
              input: { title: 'Check the claim', assignee: 'record.checker' },
              onDone: 'closed',
            },
          },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
  },
}
