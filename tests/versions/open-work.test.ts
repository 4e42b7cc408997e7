import { describe, expect, it } from 'vitest'
import { completeWorkItem, listWorkItems } from '../../platform/processes/index.ts'
import { readingWork } from '../../platform/records/index.ts'
import { renamed, waiting } from './declarations.ts'
import { office } from './office.ts'

const approval = (input: object = {}) => ({
  id: 'approve',
  src: 'approval',
  input: { title: 'Approve', candidate_role: 'clerk', requester: 'may_approve', ...input },
  onDone: 'done',
})
const task = { id: 'look', src: 'task', input: { title: 'Look', candidate_role: 'clerk' }, onDone: 'done' }

describe('what is open', () => {
  const open = (work: { work: () => Parameters<typeof readingWork>[0] }, id: string) =>
    listWorkItems(readingWork(work.work()), { record: id })

  it('goes on where the same is invoked by the state in which the record stays', async () => {
    const house = await office(waiting('waiting', { invoke: approval({ title: 'Old' }) }))
    const id = await house.create()
    await house.send(id, 'go')
    const [item] = await open(house, id)
    await house.publish(waiting('review', { invoke: approval({ title: 'New' }) }, renamed))
    await house.migrate()
    expect(await open(house, id)).toMatchObject([{ id: item?.id, title: 'Old' }])
    await house.write((unit) => completeWorkItem(unit, { id: String(item?.id), outcome: 'approved' }))
    expect((await house.record(id)).state).toBe('done')
  })

  it('begins anew where the migration says so, and where it is another kind of work', async () => {
    for (const [invoke, migration] of [
      [approval({ title: 'New' }), { ...renamed.migration, restart: { approve: true } }],
      [
        approval({
          title: 'New',
          candidate_role: undefined,
          levels: { all: { approvers: { clerks: { role: 'clerk' } } } },
        }),
        renamed.migration,
      ],
    ] as const) {
      const house = await office(waiting('waiting', { invoke: approval({ title: 'Old' }) }))
      const id = await house.create()
      await house.send(id, 'go')
      const [before] = await open(house, id)
      const { candidate_role: role, ...input } = invoke.input as { candidate_role?: string }
      const clean = { ...invoke, input: role === undefined ? input : invoke.input }
      await house.publish(waiting('review', { invoke: clean }, { migration }))
      await house.migrate()
      const [after] = await open(house, id)
      expect(after).toMatchObject({ title: 'New' })
      expect(after?.id).not.toBe(before?.id)
      expect(await house.sql`select status from _work_item where id = ${String(before?.id)}`).toMatchObject([
        { status: 'cancelled' },
      ])
    }
  })

  it('is closed where nothing invokes it any more, and opens where something is invoked for the first time', async () => {
    const house = await office(waiting('waiting', { invoke: approval() }))
    const id = await house.create()
    await house.send(id, 'go')
    await house.publish(waiting('review', { invoke: task }, renamed))
    await house.migrate()
    expect(await open(house, id)).toMatchObject([{ title: 'Look', kind: 'task' }])
    expect(await house.sql`select status from _work_item order by created_at, id`).toMatchObject([
      { status: 'cancelled' },
      { status: 'open' },
    ])
  })

  it('goes on in approvals with levels, with the votes that there are', async () => {
    const levels = {
      first: { approvers: { clerks: { role: 'clerk' } } },
      second: { approvers: { clerks: { role: 'clerk' } } },
    }
    const inLevels = (rest: object = {}) => {
      const { candidate_role: _, ...input } = approval().input as unknown as Record<string, unknown>
      return { ...approval(), input: { ...input, levels, ...rest } }
    }
    const house = await office(waiting('waiting', { invoke: inLevels() }))
    const id = await house.create()
    await house.send(id, 'go')
    const approve = async () => {
      const [item] = await open(house, id)
      await house.write((unit) => completeWorkItem(unit, { id: String(item?.id), outcome: 'approved' }))
    }
    await approve()
    await house.publish(waiting('review', { invoke: inLevels() }, renamed))
    await house.migrate()
    expect((await house.view(id)).approvals).toMatchObject([
      { status: 'running', levels: [{ status: 'approved' }, { status: 'open' }] },
    ])
    await approve()
    expect((await house.record(id)).state).toBe('done')
  })
})
