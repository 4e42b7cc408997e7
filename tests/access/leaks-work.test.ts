import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { clinicDeclarations } from './walk/clinic.declarations.ts'
import { makeHiddenThings, marker, type HiddenThings } from './walk/hidden-things.ts'

const server = await serveLibrary(await freshDatabase(), { documents: clinicDeclarations, name: 'work' })
let chief: Client
let nina: Client
let dora: Client
let pete: Client
let hidden: HiddenThings
let doctor: string
/** Work on hidden records: of the doctor, an approval that the doctor has, and what porters may take. */
let treat: string
let check: string
let carry: string

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  nina = await server.signIn('Nina', ['nurse'])
  dora = await server.signIn('Dora', ['doctor'])
  pete = await server.signIn('Pete', ['porter'])
  doctor = (await dora.get('/api/session')).body.user.id as string
  hidden = await makeHiddenThings(chief, doctor)
  const rows = await server.tenant.sql`select title::text as raw, id from _work_item`
  const of = (word: string) => rows.find(({ raw }) => String(raw).includes(word))?.id as string
  ;[treat, check, carry] = [of('Treat'), of('Check'), of('Carry')]
})

const text = ({ body }: { body: unknown }) => JSON.stringify(body)

describe('work on a record that is hidden', () => {
  it('is there for nobody who neither has it nor sees the record', async () => {
    for (const id of [treat, check, carry]) {
      expect((await nina.get(`/api/work-items/${id}/log`)).status).toBe(404)
      expect((await nina.get(`/api/work-items/${id}/attachments`)).status).toBe(404)
      for (const [act, body] of [
        ['claim', {}],
        ['complete', { outcome: 'approved' }],
        ['comment', { comment: 'x' }],
        ['transfer', { to: doctor }],
        ['urge', {}],
      ] as const)
        expect([act, (await nina.post(`/api/work-items/${id}/${act}`, body)).status]).toEqual([act, 404])
    }
    expect((await nina.get('/api/work-items')).body.items).toEqual([])
    expect((await nina.get('/api/work-items?status=done')).body.items).toEqual([])
    expect((await nina.get('/api/work-items/count')).body).toEqual({ open: 0 })
  })

  it('shows who has it the form, and neither title nor values of the record', async () => {
    const list = await pete.get('/api/work-items')
    expect(list.body.items).toMatchObject([
      { id: carry, record: { id: hidden.carried, title: null }, form: { finding: { type: 'text' } } },
    ])
    expect(text(list)).not.toContain(marker)
    await chief.post(`/api/work-items/${carry}/comment`, { comment: 'Take the lift' })
    const log = await pete.get(`/api/work-items/${carry}/log`)
    expect(text(log)).toContain('Take the lift')
    expect(text(log)).not.toContain(marker)
    expect((await pete.post(`/api/work-items/${carry}/claim`)).status).toBe(200)
    const done = await pete.post(`/api/work-items/${carry}/complete`, { values: { finding: 'carried' } })
    expect([done.status, text(done).includes(marker)]).toEqual([200, false])
    expect(text(await pete.get('/api/work-items?status=done'))).not.toContain(marker)
    expect((await pete.get(`/api/records/patient/${hidden.carried}`)).status).toBe(404)
  })

  it('is told in bulk as work that there is not', async () => {
    const nobody = '01abcdef-abcd-7abc-8abc-abcdefabcdef'
    const bulk = async (id: string) =>
      text(await nina.post('/api/work-items/bulk', { act: 'complete', ids: [id], outcome: 'approved' }))
        .replaceAll(id, '?')
        .replaceAll(/"request_id":"[^"]*"/g, '')
    expect(await bulk(treat)).toBe(await bulk(nobody))
  })

  it('of others is listed for administrators alone', async () => {
    expect((await nina.get(`/api/work-items?held_by=${doctor}`)).status).toBe(403)
    expect((await nina.post('/api/work-items/hand-over', { from: doctor, to: doctor })).status).toBe(403)
    expect((await nina.get('/api/absences?of=everyone')).status).toBe(403)
  })

  it('leads to no file by an id that was guessed, from there or from a record of one’s own', async () => {
    const mine = (await nina.post('/api/records/patient', { name: 'Own' })).body.id as string
    for (const at of [
      `/api/records/patient/${mine}`,
      `/api/records/patient/${hidden.patient}`,
      `/api/work-items/${treat}`,
    ]) {
      const file = `${at}/attachments/${hidden.attachment}`
      const answers = [await nina.get(file), await nina.delete(file), await nina.post(`${file}/restore`)]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
      expect(answers.map(text).join()).not.toContain(marker)
    }
    expect(
      (await chief.get(`/api/records/patient/${hidden.patient}/attachments`)).body.attachments,
    ).toHaveLength(1)
  })
})

describe('files of a record that was hidden meanwhile', () => {
  it('are gone with it, for who attached them too', async () => {
    const id = (await nina.post('/api/records/patient', { name: 'Moves on' })).body.id as string
    const at = `/api/records/patient/${id}/attachments`
    const headers = { 'content-type': 'text/plain' }
    const made = await nina.send('POST', `${at}?file_name=note.txt`, { body: 'note', headers })
    const file = `${at}/${made.body.id as string}`
    expect((await nina.get(file)).status).toBe(200)
    await chief.patch(`/api/records/patient/${id}`, { owner: doctor })
    const answers = [await nina.get(at), await nina.get(file), await nina.delete(file)]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await dora.get(file)).status).toBe(200)
  })
})

describe('notifications', () => {
  it('go to who is meant alone, and are marked as read by nobody else', async () => {
    const mine = (await dora.get('/api/notifications')).body
    expect(text({ body: mine })).toContain(`Look at ${marker}`)
    expect((await nina.get('/api/notifications')).body).toMatchObject({ items: [], unread: 0 })
    await nina.post('/api/notifications/read', { ids: [mine.items[0].id] })
    expect((await dora.get('/api/notifications')).body.unread).toBe(mine.unread)
  })
})

describe('an approval of a hidden record', () => {
  it('is neither withdrawn nor taken back by others, and does not tell that it is there', async () => {
    const [row] = await server.tenant.sql`select id from _approval`
    for (const act of ['withdraw', 'take-back'])
      expect((await nina.post(`/api/approvals/${String(row?.id)}/${act}`, {})).status).toBe(404)
    expect((await dora.post(`/api/approvals/${String(row?.id)}/withdraw`, {})).status).toBe(404)
  })
})
