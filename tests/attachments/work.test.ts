import { describe, expect, it } from 'vitest'
import { attachments } from '../../platform/server/contract/attachments.ts'
import type { Client } from '../server/client.ts'
import { fetchFile, namesAt, openOffice, upload } from './office.ts'

const office = await openOffice()
const { people, contract, workOn, origin } = office
const { clerk, other, reader, checker, second, chief, nobody } = people

/** A contract that waits for the checkers, who may not see it, and the work on it. */
async function submitted() {
  const place = await contract('submit')
  return { place, work: await workOn(place) }
}

const actsOf = async (who: Client, work: string) => {
  const { body } = await who.get('/api/work-items')
  return body.items.find(({ id }: { id: string }) => work.endsWith(id))?.can
}

describe('a file at a work item', () => {
  it('is attached by who has it, though the record is closed and out of his sight', async () => {
    const { place, work } = await submitted()
    expect(await actsOf(checker, work)).toContain('attach')
    await checker.post(`${work}/claim`)
    expect(await actsOf(second, work)).toBeUndefined()
    const made = await upload(checker, work, { name: 'opinion.txt' })
    expect(made).toMatchObject({ status: 201, body: { work_item: work.split('/').at(-1) } })
    const { body } = await checker.get(`${work}/attachments`)
    expect(attachments.parse(body)).toEqual(body)
    expect(body).toMatchObject({ refusal: null, attachments: [{ can_remove: true }] })
    const file = `${work}/attachments/${made.body.id}`
    expect((await fetchFile(origin, checker, file)).bytes.toString()).toBe('Rent is due.')
    expect((await checker.get(`${place}/attachments`)).status).toBe(404)
    // Who may read the record sees it there, too.
    expect(await namesAt(reader, place)).toEqual(['opinion.txt'])
    expect((await reader.get(`${place}/attachments`)).body.attachments[0].work_item).toBe(made.body.work_item)
    expect(await namesAt(reader, work)).toEqual(['opinion.txt'])
    expect((await fetchFile(origin, reader, file)).status).toBe(200)
  })

  it('is told by the log of the work and the timeline of the record', async () => {
    const { place, work } = await submitted()
    const { body } = await upload(checker, work, { name: 'opinion.txt' })
    await checker.delete(`${work}/attachments/${body.id}`)
    await checker.post(`${work}/attachments/${body.id}/restore`)
    const log = (await reader.get(`${work}/log`)).body.entries
    expect(log.map(({ act, by, detail }: Entry) => [act, by.name, detail])).toEqual(
      ['attach', 'detach', 'reattach'].map((act) => [
        act,
        'Chen',
        { attachment: body.id, file_name: 'opinion.txt' },
      ]),
    )
    const { entries } = (await reader.get(`${place}/history`)).body
    expect(entries.slice(0, 3).map(({ cause }: Entry) => cause.attachment.act)).toEqual([
      'reattach',
      'detach',
      'attach',
    ])
  })

  it('is attached and removed while a holder of the role could take the work, and not after it is done', async () => {
    const { place, work } = await submitted()
    const { body } = await upload(second, work)
    await checker.post(`${work}/complete`, { outcome: 'approved' })
    for (const who of [checker, chief, reader])
      expect(await upload(who, work)).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await chief.get(`${work}/attachments`)).body).toMatchObject({
      refusal: 'done',
      attachments: [{ can_remove: true }],
    })
    expect((await second.delete(`${work}/attachments/${body.id}`)).status).toBe(403)
    expect(await namesAt(reader, place)).toEqual(['lease.pdf'])
  })

  it.each([
    ['the one who asked, whose record is closed', clerk, { list: 'locked', attach: 422, remove: 422 }],
    ['who may change the closed record', chief, { list: null, attach: 201, remove: 204 }],
    ['who may read the record', reader, { list: 'forbidden', attach: 403, remove: 403 }],
    ['another who could take the work', second, { list: null, attach: 201, remove: 403 }],
    ['who owns other records', other, { list: 404, attach: 404, remove: 404 }],
    ['nobody in particular', nobody, { list: 404, attach: 404, remove: 404 }],
  ])('%s', async (_, who, expected) => {
    const { work } = await submitted()
    const { body } = await upload(checker, work)
    const listed = await who.get(`${work}/attachments`)
    expect({
      list: listed.status === 200 ? listed.body.refusal : listed.status,
      attach: (await upload(who, work)).status,
      remove: (await who.delete(`${work}/attachments/${body.id}`)).status,
    }).toEqual(expected)
  })

  it('is answered to strangers as if there were no such work', async () => {
    const { work } = await submitted()
    const nowhere = '/api/work-items/018f0000-0000-7000-8000-000000000000'
    const answer = async (place: string) => {
      const { status, body } = await nobody.get(`${place}/attachments`)
      return [status, body.detail.replace(place.split('/').at(-1), 'ID')]
    }
    expect(await answer(work)).toEqual(await answer(nowhere))
  })

  it('is seen by those who were added to the work, and by its holder with theirs', async () => {
    const { work } = await submitted()
    const to = (await second.get('/api/session')).body.user.id
    await checker.post(`${work}/claim`)
    await upload(checker, work, { name: 'question.txt' })
    const added = await checker.post(`${work}/add`, { to, place: 'before' })
    const part = `/api/work-items/${added.body.added[0].id}`
    expect(await namesAt(second, part)).toEqual(['question.txt'])
    expect((await upload(second, part, { name: 'answer.txt' })).status).toBe(201)
    // The holder waits, and still has the work.
    expect(await namesAt(checker, work)).toEqual(['question.txt', 'answer.txt'])
    expect((await upload(checker, work, { name: 'more.txt' })).status).toBe(201)
  })

  it('counts among those of the record', async () => {
    const { place, work } = await submitted()
    await office.tenant.sql`
      insert into _attachment (id, object, record, file_name, media_type, size, sha256)
      select gen_random_uuid(), 'contract', ${place.split('/').at(-1) as string}, 'x', 'text/plain', 1, 'x'
      from generate_series(1, 100)`
    expect((await checker.get(`${work}/attachments`)).body).toMatchObject({ refusal: 'full' })
    expect(await upload(checker, work)).toMatchObject({
      status: 422,
      body: { faults: [{ code: 'too_many' }] },
    })
  })
})

interface Entry {
  readonly act: string
  readonly by: { readonly name: string }
  readonly detail: unknown
  readonly cause: { readonly attachment: { readonly act: string } }
}
