import type { modelFromDocuments } from '../../../platform/definitions/index.ts'

const own = { create: true, read: 'own', update: 'own', delete: 'own' }
const all = { create: true, read: 'all', update: 'all', delete: 'all' }
const product = { import: true, bulk: true, api_keys: true }

/** Patients with visits, files, work, approvals and shares; nurses see their own, watchers see all behind masks. */
export const clinicDeclarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    patient: {
      name: 'patient',
      label: 'Patient',
      plural: 'Patients',
      name_field: 'name',
      lifecycle: 'care',
      search: ['name'],
      sharing: { by_hand: true, longest_days: 30 },
      fields: {
        name: { type: 'text', required: true },
        code: { type: 'text', unique: true },
        state: { type: 'state' },
        iban: { type: 'text' },
        phone: { type: 'phone' },
        diagnosis: { type: 'text' },
        doctor: { type: 'user' },
        cost: { type: 'rollup', of: 'visit.patient', function: 'sum', field: 'cost', returns: 'integer' },
        visits: { type: 'rollup', of: 'visit.patient', function: 'count', returns: 'integer' },
      },
    },
    visit: {
      name: 'visit',
      label: 'Visit',
      plural: 'Visits',
      name_field: 'title',
      search: ['title'],
      fields: {
        title: { type: 'text', required: true },
        patient: { type: 'reference', to: 'patient' },
        cost: { type: 'integer' },
        doses: { type: 'lines', of: 'dose.visit' },
        patient_iban: { type: 'formula', returns: 'text', expression: 'record.patient.iban' },
      },
    },
    dose: {
      name: 'dose',
      label: 'Dose',
      plural: 'Doses',
      name_field: 'text',
      parent: 'visit',
      ownership: 'none',
      fields: {
        visit: { type: 'reference', to: 'visit', required: true },
        text: { type: 'text' },
        of: { type: 'reference', to: 'patient' },
      },
    },
  },
  role: {
    doctor: {
      name: 'doctor',
      label: 'Doctor',
      features: product,
      objects: { patient: all, visit: all, user: { read: 'all' } },
    },
    nurse: {
      name: 'nurse',
      label: 'Nurse',
      features: product,
      objects: {
        patient: { ...own, fields: { diagnosis: 'hidden', cost: 'read' } },
        visit: { ...own, fields: { patient_iban: 'hidden' } },
        user: { read: 'all' },
      },
    },
    watcher: {
      name: 'watcher',
      label: 'Watcher',
      features: product,
      objects: {
        patient: {
          ...{ create: true, read: 'all', update: 'all', delete: 'all' },
          fields: { iban: { mask: { last: 4 } }, name: { mask: { first: 1 } }, diagnosis: 'hidden' },
        },
        visit: { ...all, fields: { patient_iban: 'hidden' } },
        user: { read: 'all' },
      },
    },
    porter: { name: 'porter', label: 'Porter', objects: {} },
    customer: {
      name: 'customer',
      label: 'Customer',
      portal: true,
      objects: { patient: { read: { where: 'record.phone == user.phone' } } },
    },
    robot: { name: 'robot', label: 'Robot', objects: { patient: all } },
  },
  process: {
    care: {
      name: 'care',
      label: 'Care',
      object: 'patient',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: {
        refer: { label: 'Refer', form: { why: { type: 'text' } } },
        treat: { label: 'Treat' },
        carry: { label: 'Carry' },
      },
      machine: {
        initial: 'new',
        states: {
          new: {
            meta: { label: 'New' },
            on: {
              refer: {
                target: 'checking',
                actions: [
                  { type: 'note', params: { text: "'Refers ' + record.name" } },
                  { type: 'notify', params: { to: 'record.doctor', text: "'Look at ' + record.name" } },
                ],
              },
              treat: 'treating',
              carry: 'carrying',
            },
          },
          checking: {
            meta: { label: 'Checking' },
            invoke: {
              id: 'check',
              src: 'approval',
              input: {
                title: 'Check',
                levels: {
                  doctors: { label: 'Doctors', approvers: { all: { role: 'doctor' } }, decide: 'any' },
                },
                nobody: { do: 'approve' },
                form: { finding: { type: 'text' } },
                withdraw: 'any_time',
                take_back: true,
              },
              onDone: [
                {
                  guard: { type: 'when', params: { expression: "event.output.outcome == 'approved'" } },
                  target: 'new',
                },
                { target: 'new' },
              ],
            },
          },
          treating: {
            meta: { label: 'Treating' },
            invoke: {
              id: 'treat',
              src: 'task',
              input: { title: 'Treat', assignee: 'record.doctor', form: { finding: { type: 'text' } } },
              onDone: 'new',
            },
          },
          carrying: {
            meta: { label: 'Carrying' },
            invoke: {
              id: 'carry',
              src: 'task',
              input: { title: 'Carry', candidate_role: 'porter', form: { finding: { type: 'text' } } },
              onDone: 'new',
            },
          },
        },
      },
    },
  },
}
