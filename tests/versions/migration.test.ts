import { describe, expect, it } from 'vitest'
import { describePicture, listSteps } from '../../platform/processes/index.ts'
import { deleteRecord, readingWork } from '../../platform/records/index.ts'
import { declarations, events, renamed, set, state, waiting } from './declarations.ts'
import { modelOf, office } from './office.ts'

describe('a version with a migration', () => {
  it('takes over what lives on earlier ones, as a step of its own that does not enter again', async () => {
    const { publish, create, send, instance, record, migrate, work, planText } = await office(
      waiting('waiting'),
    )
    const id = await create()
    await send(id, 'go')
    const stays = await create()
    const next = waiting('review', { entry: [set({ remark: "'entered'" })] }, renamed)
    expect(await planText(next)).toContain('migrate handling: 1 in waiting go on in review')
    await publish(next)
    expect((await instance(id)).states).toEqual(['waiting'])
    await migrate()
    const { hash } = modelOf(next).processes.get('handling') as { hash: string }
    expect(await instance(id)).toMatchObject({ definition: hash, states: ['review'], step: 2 })
    expect(await record(id)).toMatchObject({ state: 'review', remark: null })
    expect(await instance(stays)).toMatchObject({ definition: hash, states: ['draft'] })
    const { steps } = await listSteps(readingWork(work()), { object: 'case', id })
    expect(steps[0]).toMatchObject({
      event: 'migrate',
      states: ['review'],
      cause: { kind: 'version', id: hash },
      payload: { to: hash },
    })
    const picture = await describePicture(readingWork(work()), { object: 'case', id })
    expect(picture).toBeDefined()
    await send(id, 'end')
    expect((await record(id)).state).toBe('done')
    await send(stays, 'go')
    expect(await record(stays)).toMatchObject({ state: 'review', remark: 'entered' })
  })

  it('happens once, however often it is run, and leaves what has ended alone', async () => {
    const { publish, create, send, instance, migrate, sql } = await office(waiting('waiting'))
    const [id, ended] = [await create(), await create()]
    for (const each of [id, ended]) await send(each, 'go')
    await send(ended, 'end')
    await publish(waiting('review', {}, renamed))
    await migrate()
    await sql`update _process_migration set status = 'running'`
    await migrate()
    expect((await instance(id)).step).toBe(2)
    expect((await instance(ended)).states).toEqual(['done'])
    expect(await sql`select status, moved, refused from _process_migration`).toMatchObject([
      { status: 'done', moved: 1, refused: 0 },
    ])
  })

  it('is refused by the plan where a live record would be nowhere, with its state and the remedy', async () => {
    const { publish, plan, create, send } = await office(waiting('waiting'))
    await send(await create(), 'go')
    const next = waiting('review', {}, { migration: {} })
    expect((await plan(next)).refusals).toEqual([
      {
        subject: 'process/handling',
        message:
          '1 live records in waiting cannot go on. The process handling has no state "waiting" any more.',
        remedy: 'Say where such records go on: "migration": {"states": {"waiting": "…"}}.',
      },
    ])
    await expect(publish(next)).rejects.toMatchObject({ code: 'impossible' })
  })

  it('lists what got into such a state meanwhile, and what is deleted, and leaves them on their version', async () => {
    const { publish, create, instance, migrate, sql, write } = await office(waiting('waiting'))
    const [id, deleted] = [await create(), await create()]
    await publish(waiting('review', {}, { migration: {} }))
    await sql`update _instance set states = '{waiting}', snapshot = replace(snapshot, '"draft"', '"waiting"')
      where record = ${id}`
    await write((unit) => deleteRecord(unit, { object: 'case', id: deleted }))
    const before = (await instance(id)).definition
    await migrate()
    expect((await instance(id)).definition).toBe(before)
    expect(
      await sql`select i.record, r.code, r.reason from _process_migration_refusal r join _instance i on i.id = r.instance order by r.code`,
    ).toMatchObject([
      { record: id, code: 'event_refused', reason: expect.stringContaining('no state "waiting" any more') },
      { record: deleted, code: 'not_found', reason: 'Its record is deleted.' },
    ])
    expect(await sql`select status, moved, refused from _process_migration`).toMatchObject([
      { status: 'done', moved: 0, refused: 2 },
    ])
  })

  it('is overtaken by the next version', async () => {
    const { publish, create, send, instance, migrate, sql } = await office(waiting('waiting'))
    const id = await create()
    await send(id, 'go')
    await publish(waiting('review', {}, renamed))
    await publish(waiting('review', { meta: { label: 'Looked at' } }, renamed))
    await migrate()
    expect((await instance(id)).states).toEqual(['review'])
    expect(await sql`select status from _process_migration order by id`).toEqual([
      { status: 'overtaken' },
      { status: 'done' },
    ])
  })
})

describe('what a process remembers', () => {
  it('is taken over by its name, or as the migration says; what is new begins as declared', async () => {
    const earlier = waiting('waiting', {}, { context: { rounds: 2, gone: 'x', kept: 'k' } })
    const { publish, create, send, instance, migrate } = await office(earlier)
    const id = await create({ title: 'B' })
    await send(id, 'go')
    await publish(
      waiting(
        'waiting',
        {},
        {
          context: { attempts: 0, kept: '', fresh: 7 },
          migration: { context: { attempts: "context.rounds + (record.title == 'B' ? 1 : 0)" } },
        },
      ),
    )
    await migrate()
    expect(JSON.parse((await instance(id)).snapshot)).toMatchObject({
      context: { attempts: 3, kept: 'k', fresh: 7 },
    })
  })
})

describe('timers', () => {
  it('go on under their new name, are counted from entering the state where they are new, or are void', async () => {
    const after = (times: readonly string[]) => ({
      after: Object.fromEntries(times.map((time) => [time, 'done'])),
    })
    const { publish, create, send, migrate, timers, setClock } = await office(
      waiting('waiting', after(['P5D', 'P9D'])),
    )
    const id = await create()
    setClock('2026-11-22T10:00:00Z')
    await send(id, 'go')
    const [five] = await timers(id)
    setClock('2026-11-23T10:00:00Z')
    await publish(waiting('review', after(['P5D', 'P3D']), renamed))
    await migrate()
    expect(await timers(id)).toMatchObject([
      { event_id: 'xstate.after.P3D.handling.review', due_at: '2026-11-25T10:00:00.000Z' },
      { event_id: 'xstate.after.P5D.handling.review', due_at: five?.due_at },
    ])
  })

  it('follow declared moments; a state in the place of another counts from when that was entered', async () => {
    const due = { delays: { due: { until: 'record.due_on' } } }
    const { publish, create, send, migrate, timers, setClock } = await office(waiting('waiting'))
    const id = await create({ due_on: '2026-12-24' })
    await send(id, 'go')
    setClock('2026-11-30T08:00:00Z')
    const next = declarations({
      events,
      ...due,
      machine: {
        initial: 'draft',
        states: {
          draft: state('Draft', { on: { go: 'review' } }),
          review: {
            initial: 'first',
            after: { due: 'done' },
            states: { first: state('First', { after: { P1D: 'second' } }), second: state('Second') },
            on: { end: 'done' },
          },
          done: state('Done', { type: 'final' }),
        },
      },
      migration: { states: { waiting: 'review.first' } },
    })
    await publish(next)
    await migrate()
    expect(await timers(id)).toMatchObject([
      { event_id: 'xstate.after.P1D.handling.review.first', due_at: '2026-11-23T08:00:00.000Z' },
      { event_id: 'xstate.after.due.handling.review', due_at: '2026-12-24T00:00:00.000Z' },
    ])
  })
})

describe('states that are new around or beside those in which a record is', () => {
  const parallel = (migration?: object) =>
    declarations({
      events,
      ...(migration === undefined ? {} : { migration }),
      machine: {
        initial: 'draft',
        states: {
          draft: state('Draft', { on: { go: 'work' } }),
          work: {
            type: 'parallel',
            on: { end: 'done' },
            states: {
              goods: {
                initial: 'packing',
                states: { packing: state('Packing', { on: { back: 'sent' } }), sent: state('Sent') },
              },
              money: {
                initial: 'open',
                entry: [set({ remark: "'billed'" })],
                states: {
                  open: state('Open', { on: { hold: 'paid' }, after: { P4D: 'paid' } }),
                  paid: state('Paid'),
                },
              },
            },
          },
          done: state('Done', { type: 'final' }),
        },
      },
    })

  it('are entered with what they declare; the plan names them', async () => {
    const { publish, planText, create, send, instance, record, migrate, timers, setClock } = await office(
      waiting('packing'),
    )
    const id = await create()
    await send(id, 'go')
    const next = parallel({ states: { packing: 'work.goods.packing' } })
    expect(await planText(next)).toContain(
      'migrate handling: 1 in packing go on in work.goods.packing, and enter work, work.goods, work.money, work.money.open',
    )
    await publish(next)
    setClock('2026-11-30T08:00:00Z')
    await migrate()
    expect((await instance(id)).states).toEqual(['work.goods.packing', 'work.money.open'])
    expect(await timers(id)).toMatchObject([
      { event_id: 'xstate.after.P4D.handling.work.money.open', due_at: '2026-12-04T08:00:00.000Z' },
    ])
    expect(await record(id)).toMatchObject({ remark: 'billed' })
    await send(id, 'hold')
    await send(id, 'back')
    expect((await instance(id)).states).toEqual(['work.goods.sent', 'work.money.paid'])
  })

  it('take transitions at once that hold, and refuse as a whole what an action of theirs refuses', async () => {
    const guarded = (then: object) =>
      waiting(
        'review',
        { always: { guard: { type: 'when', params: { expression: 'record.urgent' } }, ...then } },
        renamed,
      )
    const { publish, create, send, record, migrate, sql } = await office(waiting('waiting'))
    const [calm, urgent] = [await create(), await create({ urgent: true })]
    for (const id of [calm, urgent]) await send(id, 'go')
    await publish(guarded({ target: 'done' }))
    await migrate()
    expect((await record(calm)).state).toBe('review')
    expect((await record(urgent)).state).toBe('done')
    expect(await sql`select moved, refused from _process_migration`).toMatchObject([{ moved: 2, refused: 0 }])
  })

  it('keep what history states remember, under the new names', async () => {
    const withHistory = (open: string, migration?: object) =>
      declarations({
        events,
        ...(migration === undefined ? {} : { migration }),
        machine: {
          initial: open,
          states: {
            [open]: {
              initial: 'one',
              on: { hold: 'held' },
              states: {
                one: state('One', { on: { go: 'two' } }),
                two: state('Two'),
                past: { type: 'history' },
              },
            },
            held: state('Held', { on: { resume: `${open}.past`, end: 'done' } }),
            done: state('Done', { type: 'final' }),
          },
        },
      })
    const { publish, create, send, migrate, record } = await office(withHistory('open'))
    const id = await create()
    await send(id, 'go')
    await send(id, 'hold')
    await publish(withHistory('active', { states: { open: 'active' } }))
    await migrate()
    await send(id, 'resume')
    expect((await record(id)).state).toBe('active.two')
  })
})

describe('what the check says of a migration', () => {
  it.each([
    [{ states: { waiting: 'reviw' } }, 'review'],
    [{ states: { 'Waiting!': 'review' } }, 'states'],
    [{ context: { nothing: '1' } }, 'remembers nothing under the name "nothing"'],
    [{ context: { rounds: 'record.nothing' } }, 'nothing'],
    [{ restart: { approve: true } }, 'invokes "approve"'],
    [{ stats: {} }, 'states'],
  ])('%j: %s', (migration, message) => {
    expect(() => modelOf(waiting('review', {}, { migration, context: { rounds: 0 } }))).toThrow(message)
  })

  it('asks for a role under which the process acts', () => {
    expect(() => modelOf(waiting('review', {}, { migration: {}, run_as: undefined }))).toThrow('run_as')
  })
})
