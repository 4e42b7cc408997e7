import { request } from 'node:http'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../platform/server/settings.ts'
import { namesAt, openOffice, upload } from './office.ts'

const limit = 1024 * 1024
const office = await openOffice({ attachmentLimitBytes: limit })
const { people, contract, origin, count, tenant } = office
const { clerk } = people

/** Sends a body piece by piece, without saying how long it is. */
async function trickle(place: string, pieces: number, piece = Buffer.alloc(64 * 1024, 1)) {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pieces-- > 0) controller.enqueue(piece)
      else controller.close()
    },
  })
  const headers = { connection: 'close', ...clerk.headers }
  const options = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  return fetch(`${origin}${place}/attachments?file_name=a.bin`, options)
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tessera-upload-'))

describe('a file', () => {
  it('of exactly the size that is possible is taken; one byte more is too large', async () => {
    const place = await contract()
    expect((await upload(clerk, place, { bytes: new Uint8Array(limit) })).status).toBe(201)
    expect(await upload(clerk, place, { bytes: new Uint8Array(limit + 1) })).toMatchObject({
      status: 413,
      body: { code: 'too_large', largest: limit, detail: expect.stringContaining('1 MiB') },
    })
    expect(await namesAt(clerk, place)).toHaveLength(1)
  })

  it('that does not say how large it is is cut off where it becomes too large', async () => {
    const place = await contract()
    expect((await trickle(place, 16)).status).toBe(201)
    expect((await trickle(place, 17)).status).toBe(413)
    expect(await namesAt(clerk, place)).toEqual(['a.bin'])
  })

  it.each([
    ['without bytes', { bytes: '' }, 422, 'file'],
    ['without a name', { name: '' }, 422, 'file_name'],
  ])('%s is refused', async (_, file, status, field) => {
    const place = await contract()
    expect(await upload(clerk, place, file)).toMatchObject({ status, body: { faults: [{ field }] } })
  })

  it('inside of a form is refused, and so is one without the name at all', async () => {
    const place = await contract()
    expect(await upload(clerk, place, { type: 'multipart/form-data; boundary=x' })).toMatchObject({
      status: 415,
    })
    expect(await clerk.send('POST', `${place}/attachments`, { body: 'x' })).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'file_name' }] },
    })
  })

  it('that breaks off on its way leaves nothing', async () => {
    const place = await contract()
    const before = await count()
    await new Promise<void>((resolve) => {
      const path = `${place}/attachments?file_name=cut.bin`
      const headers = { ...clerk.headers, 'content-length': '1000000' }
      const sending = request(origin + path, { method: 'POST', headers })
      sending.on('error', () => resolve())
      sending.write(Buffer.alloc(300_000), () => setTimeout(() => sending.destroy(), 50))
    })
    await expect.poll(leftovers).toEqual([])
    expect(await count()).toEqual(before)
    expect(await namesAt(clerk, place)).toEqual([])
    expect((await upload(clerk, place)).status).toBe(201)
  })

  it('is not taken from somebody whose access ended while it was on its way', async () => {
    const place = await contract()
    const leaving = await office.signIn('Lea', ['chief'])
    const { userId } = await tenant.person('Lea')
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(Buffer.alloc(100_000))
        const root = await office.signIn('Root', ['administrator'])
        expect((await root.patch(`/api/records/user/${userId}`, { is_active: false })).status).toBe(200)
        controller.close()
      },
    })
    const options = { method: 'POST', headers: leaving.headers, body, duplex: 'half' } as RequestInit
    const answer = await fetch(`${origin}${place}/attachments?file_name=a.bin`, options)
    expect(answer.status).toBe(401)
    expect(await namesAt(clerk, place)).toEqual([])
  })

  it('has no name in the folder for temporary files while it is on its way', async () => {
    const place = await contract()
    let seen: readonly string[] = ['not looked at']
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(Buffer.alloc(100_000))
        await new Promise((resolve) => setTimeout(resolve, 100))
        seen = leftovers()
        controller.close()
      },
    })
    const options = { method: 'POST', headers: clerk.headers, body, duplex: 'half' } as RequestInit
    expect((await fetch(`${origin}${place}/attachments?file_name=a.bin`, options)).status).toBe(201)
    expect(seen).toEqual([])
  })
})

describe('a record', () => {
  it('has room for 100, also where several come at the same moment', async () => {
    const place = await contract()
    await tenant.sql`
      insert into _attachment (id, object, record, file_name, media_type, size, sha256)
      select gen_random_uuid(), 'contract', ${place.split('/').at(-1) as string}, 'x', 'text/plain', 1, 'x'
      from generate_series(1, 95)`
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => upload(clerk, place, { name: `${at}.txt` })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 201),
      ...Array.from({ length: 7 }, () => 422),
    ])
    const { body } = await clerk.get(`${place}/attachments`)
    expect(body).toMatchObject({ can_attach: false, refusal: 'full' })
    expect(body.attachments).toHaveLength(100)
    const refused = answers.find(({ status }) => status === 422)
    expect(refused?.body).toMatchObject({ faults: [{ code: 'too_many' }] })
    // What was removed comes back only where there is room for it.
    const gone = `${place}/attachments/${body.attachments[0].id}`
    expect((await clerk.delete(gone)).status).toBe(204)
    expect((await upload(clerk, place)).status).toBe(201)
    expect((await clerk.post(`${gone}/restore`)).status).toBe(422)
  })

  it('takes many files of several people at once, each whole', async () => {
    const place = await contract()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        upload(at % 2 === 0 ? clerk : people.chief, place, {
          name: `${at}.bin`,
          bytes: new Uint8Array(300_000).fill(at),
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    const stored = await tenant.sql<{ name: string; size: number; isWhole: boolean }[]>`
      select file_name as name, sum(length(bytes))::int as size,
        bool_and(encode(bytes, 'hex') ~ ('^(' || lpad(to_hex(split_part(file_name, '.', 1)::int), 2, '0') || ')*$')) as "isWhole"
      from _attachment a join _attachment_chunk c on c.attachment = a.id
      where a.record = ${place.split('/').at(-1) as string} group by file_name`
    expect(stored).toHaveLength(20)
    for (const { size, isWhole } of stored) expect([size, isWhole]).toEqual([300_000, true])
  })
})

describe('the size is a setting', () => {
  it('of the server, 25 MiB without it', () => {
    expect(settingsFrom({}).attachmentLimitBytes).toBe(25 * 1024 * 1024)
    expect(settingsFrom({ TESSERA_ATTACHMENT_MB: '100' }).attachmentLimitBytes).toBe(100 * 1024 * 1024)
    for (const wrong of ['0', '-1', '1.5', 'much', '5000'])
      expect(() => settingsFrom({ TESSERA_ATTACHMENT_MB: wrong })).toThrow(
        `TESSERA_ATTACHMENT_MB is "${wrong}"`,
      )
  })
})
