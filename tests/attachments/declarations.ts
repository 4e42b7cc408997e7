import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const everything = { create: true, read: 'all', update: 'all', delete: 'all' }

/** Contracts that clerks write and checkers approve without seeing them; those that are signed are closed. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    contract: {
      name: 'contract',
      label: 'Contract',
      plural: 'Contracts',
      name_field: 'title',
      lifecycle: 'signing',
      fields: {
        title: { type: 'text' },
        state: { type: 'state' },
        clauses: { type: 'lines', of: 'clause.contract' },
      },
    },
    clause: {
      name: 'clause',
      label: 'Clause',
      plural: 'Clauses',
      name_field: 'text',
      ownership: 'none',
      parent: 'contract',
      fields: {
        contract: { type: 'reference', to: 'contract', on_delete: 'cascade', required: true },
        text: { type: 'text' },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: { contract: { create: true, read: 'own', update: 'own', delete: 'own' }, clause: everything },
    },
    reader: { name: 'reader', label: 'Reader', objects: { contract: { read: 'all' }, clause: {} } },
    /** May change a contract as long as it is called "Open". */
    guest: {
      name: 'guest',
      label: 'Guest',
      objects: { contract: { read: 'all', update: { level: 'all', where: "record.title == 'Open'" } } },
    },
    checker: { name: 'checker', label: 'Checker', objects: {} },
    sender: { name: 'sender', label: 'Sender', objects: { contract: { create: true } } },
    chief: { name: 'chief', label: 'Chief', objects: { contract: everything, clause: everything } },
    robot: { name: 'robot', label: 'Robot', objects: { contract: { read: 'all', update: 'all' } } },
  },
  process: {
    signing: {
      name: 'signing',
      label: 'Signing',
      object: 'contract',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: { submit: { label: 'Submit' }, sign: { label: 'Sign' }, reopen: { label: 'Reopen' } },
      machine: {
        initial: 'draft',
        states: {
          draft: { meta: { label: 'Draft' }, on: { submit: 'checking', sign: 'signed' } },
          checking: {
            meta: { label: 'Checking' },
            locks: { all: true, allowed_roles: { chief: true } },
            invoke: {
              id: 'check',
              src: 'approval',
              input: { title: 'Check the contract', candidate_role: 'checker' },
              onDone: 'signed',
            },
          },
          signed: {
            meta: { label: 'Signed' },
            locks: { all: true, allowed_roles: { chief: true } },
            on: { reopen: 'draft' },
          },
        },
      },
    },
  },
}
