import { describe, expect, it } from 'vitest'
import { lot } from '../../platform/processes/versions/choose-version.ts'
import { declarations, state } from './declarations.ts'
import { modelOf, office } from './office.ts'

/** A process of one state, whose name tells the version. */
const version = (name: string, rest: object = {}) =>
  declarations({
    machine: {
      initial: name,
      states: { [name]: state(name, { on: { end: 'over' } }), over: { type: 'final', ...state('Over') } },
    },
    events: { end: {} },
    entries: { import: { label: 'Import', states: [name], allowed_roles: { clerk: true } } },
    ...rest,
  })

describe('a version that is released to some', () => {
  it('is for all where nothing is said, and is another version by its machine alone', async () => {
    const of = (rest: object) => modelOf(version('old', rest)).processes.get('handling')
    expect(of({ release: { share: 0.5 } })?.hash).toBe(of({})?.hash)
    expect(of({ migration: {} })?.hash).toBe(of({})?.hash)
    expect(of({ release: { share: 0.5 } })?.text).toBe(of({})?.text)
  })

  it('begins for its share of the records, which is the same whenever it is asked', async () => {
    const { publish, create, record, planText } = await office(version('old'))
    expect(await planText(version('new', { release: { share: 0.3 } }))).toContain(
      'process handling is changed for 30 % of new records; the others begin with the version before',
    )
    await publish(version('new', { release: { share: 0.3 } }))
    const ids = await Promise.all(Array.from({ length: 60 }, () => create()))
    for (const id of ids) expect((await record(id)).state).toBe(lot(id) < 0.3 ? 'new' : 'old')
    const states = await Promise.all(ids.map(async (id) => (await record(id)).state))
    expect(new Set(states)).toEqual(new Set(['old', 'new']))
  })

  it('begins from a day on in the time zone of the tenant, or from a moment', async () => {
    const { publish, create, record, setClock } = await office(version('old'))
    const begins = async () => (await record(await create())).state
    await publish(version('new', { release: { from: '2026-12-01' } }))
    setClock('2026-11-30T23:59:59Z')
    expect(await begins()).toBe('old')
    setClock('2026-12-01T00:00:00Z')
    expect(await begins()).toBe('new')
    await publish(version('newer', { release: { from: '2026-12-02T06:00:00+08:00' } }))
    setClock('2026-12-01T21:59:59Z')
    expect(await begins()).toBe('old')
    setClock('2026-12-01T22:00:00Z')
    expect(await begins()).toBe('newer')
  })

  it('begins for records of which a condition holds, a team among them', async () => {
    const { publish, create, record } = await office(version('old'))
    await publish(
      version('new', { release: { when: "record.urgent && record.owner.name == 'Carla Clerk'" } }),
    )
    expect((await record(await create({ urgent: true }))).state).toBe('new')
    expect((await record(await create({ urgent: false }))).state).toBe('old')
  })

  it('leaves the rest on the version that was for all, over several releases, until one is for all', async () => {
    const { publish, create, record, sql } = await office(version('old'))
    const begins = async () => (await record(await create())).state
    const never = { release: { when: 'record.urgent' } }
    await publish(version('second', never))
    await publish(version('third', never))
    expect(await begins()).toBe('old')
    await publish(version('third'))
    expect(await begins()).toBe('third')
    await publish(version('fourth', never))
    expect(await begins()).toBe('third')
    // A release that says no more than from when is for all from then on.
    await publish(version('fifth', { release: { from: '2020-01-01' } }))
    await publish(version('sixth', never))
    expect(await begins()).toBe('fifth')
    expect(await sql`select process from _process_release`).toEqual([{ process: 'handling' }])
  })

  it('is for everybody where there was none before', async () => {
    const { create, record } = await office(version('first', { release: { when: 'record.urgent' } }))
    expect((await record(await create())).state).toBe('first')
  })

  it('lets both live on with their own events, and places imports where their state is known', async () => {
    const { publish, create, record, send, view } = await office(version('old'))
    await publish(version('new', { release: { when: 'record.urgent' } }))
    const [one, other] = [await create(), await create({ urgent: true })]
    for (const id of [one, other]) {
      expect((await view(id)).events.map(({ name }) => name)).toEqual(['end'])
      await send(id, 'end')
      expect((await record(id)).state).toBe('over')
    }
    expect((await record(await create({ state: 'new' }, 'import'))).state).toBe('new')
  })

  it('is refused where the version for the rest would not fit any more', async () => {
    const reading = (field: string, rest: object = {}) =>
      version('old', {
        events: { end: { allowed_when: `record.${field} != null` } },
        ...rest,
      })
    const { plan, publish } = await office(reading('remark'))
    const without = reading('title', { release: { share: 0.5 } })
    delete (without.object.case.fields as Record<string, unknown>).remark
    expect((await plan(without)).refusals).toMatchObject([
      { subject: 'process/handling', message: expect.stringContaining('the version before no longer fits') },
    ])
    await expect(publish(without)).rejects.toMatchObject({ code: 'impossible' })
  })
})

describe('what the check says of a release', () => {
  it.each([
    [{ release: {} }, 'at least 1 are needed'],
    [{ release: { share: 0 } }, 'share'],
    [{ release: { share: 1.5 } }, 'share'],
    [{ release: { from: 'tomorrow' } }, 'from'],
    [{ release: { when: 'record.title' } }, 'gives'],
    [{ release: { when: 'record.nothing == 1' } }, 'nothing'],
    [{ release: { share: 0.5 }, migration: {} }, 'is not meant for all new records'],
  ])('%j: %s', (rest, message) => {
    expect(() => modelOf(version('old', rest))).toThrow(message)
  })
})
