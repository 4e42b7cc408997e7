import { modelFromDocuments } from '../../../platform/definitions/index.ts'

const role = (name: string, read: string) => ({
  name,
  label: name,
  objects: {
    deal: { read, update: read === 'all' ? 'all' : 'own' },
    client: { read: 'all' },
    user: { read: 'all' },
  },
})

/** Deals that are seen by everybody, down the reporting line, or by their owners; any of them may be shared by hand. */
export const accessModel = modelFromDocuments({
  object: {
    client: {
      name: 'client',
      label: 'Client',
      name_field: 'name',
      ownership: 'none',
      fields: { name: { type: 'text', required: true } },
    },
    deal: {
      name: 'deal',
      label: 'Deal',
      name_field: 'title',
      sharing: { by_hand: true },
      fields: {
        title: { type: 'text', required: true },
        client: { type: 'reference', to: 'client' },
        amount: { type: 'decimal', scale: 2 },
        size: { type: 'integer' },
        due_on: { type: 'date' },
      },
    },
  },
  role: {
    everything: role('everything', 'all'),
    chief: role('chief', 'subordinates'),
    seller: role('seller', 'own'),
  },
})
