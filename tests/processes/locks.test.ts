import { beforeAll, describe, expect, it } from 'vitest'
import { TesseraError } from '../../platform/access/errors.ts'
import type { Principal } from '../../platform/access/principal.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'
import { sendEvent } from '../../platform/processes/index.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  updateRecord,
  type RecordValues,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const machine = {
  initial: 'draft',
  states: {
    draft: { meta: { label: 'Draft' }, on: { submit: 'approval' } },
    approval: {
      locks: { fields: { lines: true, discount: true }, allowed_roles: { chief: true } },
      initial: 'first',
      states: {
        first: { meta: { label: 'First look' }, on: { approve: 'second' } },
        second: { meta: { label: 'Second look' }, locks: { fields: { title: true } } },
      },
      on: { back: 'draft', sign: 'signed' },
    },
    signed: {
      meta: { label: 'Signed' },
      locks: { all: true, fields: { remark: false } },
      on: {
        correct: { actions: [{ type: 'set', params: { values: { discount: '0' } } }] },
        back: 'draft',
      },
    },
  },
}
const everything = { read: 'all', update: 'all', create: true, delete: 'all' }
const publicOnes = { level: 'all', where: "record.title == 'Public'" }
const declarations = {
  object: {
    bid: {
      name: 'bid',
      label: 'Bid',
      name_field: 'title',
      ownership: 'none',
      lifecycle: 'bidding',
      fields: {
        title: { type: 'text' },
        state: { type: 'state' },
        discount: { type: 'integer' },
        remark: { type: 'text' },
        lines: { type: 'lines', of: 'bid_line.bid' },
      },
    },
    bid_line: {
      name: 'bid_line',
      parent: 'bid',
      label: 'Line',
      name_field: 'what',
      ownership: 'none',
      fields: { bid: { type: 'reference', to: 'bid', required: true }, what: { type: 'text' } },
    },
  },
  role: {
    seller: { name: 'seller', label: 'Seller', objects: { bid: everything, bid_line: everything } },
    stranger: {
      name: 'stranger',
      label: 'Stranger',
      objects: { bid: { read: publicOnes, update: publicOnes }, bid_line: everything },
    },
    chief: { name: 'chief', label: 'Chief', objects: { bid: everything, bid_line: everything } },
  },
  process: {
    bidding: {
      name: 'bidding',
      label: 'Bidding',
      object: 'bid',
      state_field: 'state',
      starts: 'on_create',
      events: Object.fromEntries(
        ['submit', 'approve', 'back', 'sign', 'correct'].map((name) => [name, { label: name }]),
      ),
      machine,
    },
  },
}

const tenant = await testTenant(await freshDatabase(), declarations as never)
let seller: Principal
let chief: Principal
const change = (id: string, values: RecordValues, by = seller) =>
  tenant.write(by, (unit) => updateRecord(unit, { object: 'bid', id, values }))
const send = (id: string, event: string) =>
  tenant.write(seller, (unit) => sendEvent(unit, { object: 'bid', id, event, values: {} }))
const read = (id: string) => tenant.read(seller, (unit) => getRecord(unit, { object: 'bid', id }))
const locked = (...fields: string[]) => ({
  faults: fields.map((field) => ({ field, code: 'locked' })),
})

async function bidIn(...events: string[]): Promise<{ id: string; line: string }> {
  const made = await tenant.write(seller, (unit) =>
    createRecord(unit, {
      object: 'bid',
      values: { title: 'Bid', discount: 5, lines: [{ what: 'Sensor' }] },
    }),
  )
  const id = String(made.id)
  for (const event of events) await send(id, event)
  const [line] = (await read(id)).lines as { id: string }[]
  return { id, line: String(line?.id) }
}

beforeAll(async () => {
  seller = await tenant.person('Sam', { roles: ['seller'] })
  chief = await tenant.person('Cleo', { roles: ['chief'] })
})

describe('while a record is in a state that closes fields', () => {
  it('people change what is open, and are told by name what is closed', async () => {
    const { id } = await bidIn('submit')
    await change(id, { title: 'Renamed', remark: 'Open' })
    await expect(change(id, { title: 'Again', discount: 9, lines: [] })).rejects.toMatchObject(
      locked('discount', 'lines'),
    )
    expect(await read(id)).toMatchObject({ title: 'Renamed', discount: 5, lines: [{ what: 'Sensor' }] })
  })

  it('a value that is sent back as it is is no change', async () => {
    const { id } = await bidIn('submit')
    await change(id, { discount: 5, remark: 'Saved with the whole form' })
  })

  it('lines are closed by every way to them', async () => {
    const { id, line } = await bidIn('submit')
    const row = { object: 'bid_line', id: line }
    const ways = [
      () => tenant.write(seller, (unit) => updateRecord(unit, { ...row, values: { what: 'Other' } })),
      () => tenant.write(seller, (unit) => deleteRecord(unit, row)),
      () =>
        tenant.write(seller, (unit) =>
          createRecord(unit, { object: 'bid_line', values: { bid: id, what: 'More' } }),
        ),
    ]
    for (const way of ways) await expect(way()).rejects.toMatchObject(locked('lines'))
    const other = await bidIn()
    const moved = { object: 'bid_line', id: other.line, values: { bid: id } }
    await expect(tenant.write(seller, (unit) => updateRecord(unit, moved))).rejects.toMatchObject(
      locked('lines'),
    )
    expect((await read(id)).lines).toMatchObject([{ what: 'Sensor' }])
  })

  it('who may not see the record is not told its state', async () => {
    const { id, line } = await bidIn('submit')
    const stranger = await tenant.person('Sue', { roles: ['stranger'] })
    const row = { object: 'bid_line', id: line }
    const ways = [
      () => tenant.write(stranger, (unit) => updateRecord(unit, { ...row, values: { what: 'Other' } })),
      () => tenant.write(stranger, (unit) => deleteRecord(unit, row)),
      () =>
        tenant.write(stranger, (unit) =>
          createRecord(unit, { object: 'bid_line', values: { bid: id, what: 'More' } }),
        ),
    ]
    for (const way of ways) {
      const refused = await way().catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(TesseraError)
      expect(
        JSON.stringify([(refused as TesseraError).message, (refused as TesseraError).faults]),
      ).not.toMatch(/locked|First look/)
    }
  })

  it('a role that is excepted goes on, and the locks of inner states come on top', async () => {
    const { id } = await bidIn('submit', 'approve')
    await expect(change(id, { discount: 9, title: 'x' })).rejects.toMatchObject(locked('discount', 'title'))
    await change(id, { discount: 9 }, chief)
    await expect(change(id, { title: 'x' }, chief)).rejects.toMatchObject(locked('title'))
  })

  it('all but what is left open is closed, deletion too, and the process itself goes on', async () => {
    const { id } = await bidIn('submit', 'sign')
    await expect(change(id, { title: 'x' })).rejects.toMatchObject(locked('title'))
    await change(id, { remark: 'Filed' })
    await expect(
      tenant.write(seller, (unit) => deleteRecord(unit, { object: 'bid', id })),
    ).rejects.toMatchObject({ faults: [{ code: 'locked' }] })
    await send(id, 'correct')
    expect(await read(id)).toMatchObject({ discount: 0, remark: 'Filed' })
  })

  it('everything opens again when the state is left', async () => {
    const { id, line } = await bidIn('submit', 'sign', 'back')
    await change(id, { discount: 7, lines: [{ id: line, what: 'Changed' }] })
    await tenant.write(seller, (unit) => deleteRecord(unit, { object: 'bid', id }))
  })
})

describe('a lock is refused before it is published', () => {
  const withLock = (locks: object, type?: string) =>
    buildModel({
      documents: {
        ...declarations,
        process: {
          bidding: {
            ...declarations.process.bidding,
            machine: {
              ...machine,
              states: {
                ...machine.states,
                approval: {
                  ...(type === undefined ? { initial: 'first' } : { type }),
                  states: {
                    first: { meta: { label: 'a' }, locks, on: { approve: '#bidding.signed' } },
                    second: { meta: { label: 'b' } },
                  },
                  on: { back: 'draft', sign: 'signed' },
                },
              },
            },
          },
        },
      } as never,
    }).problems.map(describeProblem)

  it.each([
    ['a field that is not there', { fields: { lnies: true } }, 'There is no field|has no field "lnies"'],
    ['a role that is not there', { all: true, allowed_roles: { boss: true } }, 'There is no role "boss"'],
    ['nothing', { fields: { title: false } }, 'closes nothing'],
  ])('for %s', (_name, locks, text) => {
    expect(withLock(locks).filter((problem) => new RegExp(text).test(problem))).toHaveLength(1)
  })

  it('inside of a parallel region', () => {
    expect(withLock({ all: true }, 'parallel').join('\n')).toMatch(/lies in a parallel region/)
  })
})
