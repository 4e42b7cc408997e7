import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { attachment, attachments } from '../../platform/server/contract/attachments.ts'
import type { Client } from '../server/client.ts'
import { fetchFile, namesAt, openOffice, upload } from './office.ts'

const office = await openOffice()
const { people, contract, origin } = office
const { clerk, other, guest, reader, sender, chief, nobody } = people

const nowhere = '/api/records/contract/018f0000-0000-7000-8000-000000000000'

describe('a file at a record', () => {
  it('is listed with who attached it and when, and comes back byte by byte', async () => {
    const place = await contract()
    // Three chunks, the last one short.
    const bytes = randomBytes(600_000)
    const made = await upload(clerk, place, { name: '租赁合同 №1.pdf', bytes })
    expect(made.status).toBe(201)
    expect(attachment.parse(made.body)).toEqual(made.body)
    expect(made.headers.get('location')).toBe(`${place}/attachments/${made.body.id}`)
    const { body } = await reader.get(`${place}/attachments`)
    expect(attachments.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      can_attach: false,
      refusal: 'forbidden',
      largest: 25 * 1024 * 1024,
      attachments: [
        {
          file_name: '租赁合同 №1.pdf',
          media_type: 'application/pdf',
          size: 600_000,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          by: { name: 'Cleo' },
          work_item: null,
          can_remove: false,
        },
      ],
    })
    const file = await fetchFile(origin, reader, `${place}/attachments/${made.body.id}`)
    expect(file.status).toBe(200)
    expect(file.bytes.equals(bytes)).toBe(true)
  })

  it('is saved by a browser under its name, and never shown as a page', async () => {
    const place = await contract()
    const page = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const made = await upload(clerk, place, { name: `"Plän" 1%.svg`, bytes: page, type: 'image/svg+xml' })
    expect(made.body).toMatchObject({ media_type: 'image/svg+xml' })
    const { headers } = await fetchFile(origin, clerk, `${place}/attachments/${made.body.id}`)
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_Pl_n_ 1_.svg"; filename*=UTF-8''%22Pl%C3%A4n%22%201%25.svg`,
    )
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('content-length')).toBe(String(page.length))
    expect(headers.get('x-request-id')).not.toBeNull()
  })

  it.each([
    ['image/png', 'image/png'],
    ['Text/Plain; charset=utf-8', 'text/plain'],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['text/html', 'application/octet-stream'],
    ['application/xhtml+xml', 'application/octet-stream'],
    ['text/javascript', 'application/octet-stream'],
    ['application/x-www-form-urlencoded', 'application/octet-stream'],
    ['nonsense', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('of the type "%s" is given back as %s', async (type, given) => {
    const place = await contract()
    const { body } = await upload(clerk, place, { type })
    const { headers } = await fetchFile(origin, clerk, `${place}/attachments/${body.id}`)
    expect(headers.get('content-type')).toBe(given)
  })

  it('tells the timeline of the record when it comes, goes and comes back', async () => {
    const place = await contract()
    const { body } = await upload(clerk, place)
    const file = `${place}/attachments/${body.id}`
    expect((await clerk.delete(file)).status).toBe(204)
    expect(await namesAt(clerk, place)).toEqual([])
    expect((await fetchFile(origin, clerk, file)).status).toBe(404)
    expect((await clerk.delete(file)).status).toBe(404)
    const restored = await clerk.post(`${file}/restore`)
    expect(restored).toMatchObject({ status: 200, body: { id: body.id, can_remove: true } })
    expect((await clerk.post(`${file}/restore`)).status).toBe(404)
    expect((await fetchFile(origin, clerk, file)).bytes.toString()).toBe('Rent is due.')
    const { entries } = (await reader.get(`${place}/history`)).body
    const told = entries.flatMap(({ action, by, cause }: Entry) =>
      cause?.attachment === undefined ? [] : [[action, by.name, cause.attachment]],
    )
    expect(told).toEqual(
      ['reattach', 'detach', 'attach'].map((act) => [
        'note',
        'Cleo',
        { act, id: body.id, file_name: 'lease.pdf' },
      ]),
    )
  })

  it('stays with a record that is deleted and restored', async () => {
    const place = await contract()
    const { body } = await upload(clerk, place)
    const file = `${place}/attachments/${body.id}`
    await clerk.delete(place)
    expect((await clerk.get(`${place}/attachments`)).status).toBe(404)
    expect((await fetchFile(origin, clerk, file)).status).toBe(404)
    expect((await upload(clerk, place)).status).toBe(404)
    await clerk.post(`${place}/restore`)
    expect(await namesAt(clerk, place)).toEqual(['lease.pdf'])
  })
})

interface Entry {
  readonly action: string
  readonly by: { readonly name: string }
  readonly cause: { readonly attachment?: unknown } | null
}

describe('who may do what', () => {
  /** Every act on the files of a record, as somebody is answered. */
  async function answersTo(who: Client, place: string, file: string) {
    const { body } = await who.get(`${place}/attachments`)
    return {
      list: body.attachments === undefined ? body.status : [body.refusal, body.attachments[0]?.can_remove],
      fetch: (await fetchFile(origin, who, `${place}/attachments/${file}`)).status,
      attach: (await upload(who, place, { name: 'more.txt' })).status,
      remove: (await who.delete(`${place}/attachments/${file}`)).status,
      restore: (await who.post(`${place}/attachments/${file}/restore`)).status,
    }
  }

  it.each([
    ['its owner', clerk, { list: [null, true], fetch: 200, attach: 201, remove: 204, restore: 200 }],
    ['who may change all', chief, { list: [null, true], fetch: 200, attach: 201, remove: 204, restore: 200 }],
    [
      'who may only read',
      reader,
      { list: ['forbidden', false], fetch: 200, attach: 403, remove: 403, restore: 404 },
    ],
    ['who owns others', other, { list: 404, fetch: 404, attach: 404, remove: 404, restore: 404 }],
    ['nobody in particular', nobody, { list: 404, fetch: 404, attach: 404, remove: 404, restore: 404 }],
    ['who may only create', sender, { list: 403, fetch: 403, attach: 403, remove: 403, restore: 403 }],
  ])('%s', async (_, who, expected) => {
    const place = await contract()
    const { body } = await upload(clerk, place)
    expect(await answersTo(who, place, body.id)).toEqual(expected)
  })

  it.each([
    ['who owns others', other],
    ['nobody in particular', nobody],
    ['who may only create', sender],
  ])('%s is answered as if there were no such record', async (_, who) => {
    const place = await contract()
    const { body } = await upload(clerk, place)
    const paths = ['', `/${body.id}`]
    const answer = async (root: string, path: string) => {
      const [got, sent] = [
        await who.get(`${root}/attachments${path}`),
        path === '' ? await upload(who, root) : await who.delete(`${root}/attachments${path}`),
      ]
      return JSON.stringify(
        [got, sent].map(({ status, body: { request_id: _id, ...rest } }) => [status, rest]),
      )
    }
    for (const path of paths) {
      const hidden = await answer(place, path)
      const missing = await answer(nowhere, path)
      expect(hidden.replaceAll(place.split('/').at(-1)!, 'ID')).toBe(
        missing.replaceAll(nowhere.split('/').at(-1)!, 'ID'),
      )
    }
  })

  it('who attached it may remove it without the right to change the record', async () => {
    const place = await contract()
    await chief.patch(place, { title: 'Open' })
    const { body } = await upload(guest, place)
    const { body: others } = await upload(clerk, place)
    await chief.patch(place, { title: 'Lease' })
    expect((await guest.get(`${place}/attachments`)).body).toMatchObject({
      refusal: 'forbidden',
      attachments: [{ can_remove: true }, { can_remove: false }],
    })
    expect((await upload(guest, place)).status).toBe(403)
    expect((await guest.delete(`${place}/attachments/${others.id}`)).status).toBe(403)
    expect((await guest.delete(`${place}/attachments/${body.id}`)).status).toBe(204)
    expect((await guest.post(`${place}/attachments/${body.id}/restore`)).status).toBe(200)
  })

  it('a file is found at its own record alone', async () => {
    const [one, two] = [await contract(), await contract()]
    const { body } = await upload(clerk, one)
    expect((await fetchFile(origin, clerk, `${two}/attachments/${body.id}`)).status).toBe(404)
    expect((await clerk.delete(`${two}/attachments/${body.id}`)).status).toBe(404)
    expect((await fetchFile(origin, clerk, `${two}/attachments/nonsense`)).status).toBe(404)
  })
})

describe('a state that closes the whole record', () => {
  it('closes its files, but not to roles that it leaves out', async () => {
    const place = await contract()
    const { body } = await upload(clerk, place)
    await clerk.post(`${place}/events/sign`)
    expect((await clerk.get(`${place}/attachments`)).body).toMatchObject({
      refusal: 'locked',
      attachments: [{ can_remove: false }],
    })
    const locked = { status: 422, body: { faults: [{ code: 'locked' }] } }
    expect(await upload(clerk, place)).toMatchObject(locked)
    expect(await clerk.delete(`${place}/attachments/${body.id}`)).toMatchObject(locked)
    expect((await fetchFile(origin, clerk, `${place}/attachments/${body.id}`)).status).toBe(200)
    expect((await upload(chief, place)).status).toBe(201)
    expect((await chief.delete(`${place}/attachments/${body.id}`)).status).toBe(204)
    expect(await clerk.post(`${place}/attachments/${body.id}/restore`)).toMatchObject(locked)
    await clerk.post(`${place}/events/reopen`)
    expect((await clerk.post(`${place}/attachments/${body.id}/restore`)).status).toBe(200)
  })

  it('closes those of its lines', async () => {
    const place = await contract()
    const [line] = (await clerk.get(place)).body.clauses
    const clause = `/api/records/clause/${line.id}`
    expect((await upload(clerk, clause)).status).toBe(201)
    await clerk.post(`${place}/events/sign`)
    expect((await clerk.get(`${clause}/attachments`)).body).toMatchObject({
      refusal: 'locked',
      attachments: [{ can_remove: false }],
    })
    expect(await upload(clerk, clause)).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'clauses', code: 'locked' }] },
    })
    expect((await upload(chief, clause)).status).toBe(201)
  })
})
