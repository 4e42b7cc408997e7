import { beforeAll, describe, expect, it } from 'vitest'
import { dispositionOf } from '../../platform/server/http/answer-file.ts'
import { badStrings } from '../bad-input/strings.ts'
import { fetchFile, openOffice, upload } from './office.ts'

const office = await openOffice()
const { people, contract, origin, tenant } = office
const { clerk } = people
let place: string

beforeAll(async () => {
  place = await contract()
})

/** The name that a browser reads from the header (RFC 8187, section 3.2). */
function nameIn(disposition: string | null): string {
  const [, encoded = ''] =
    /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(
      disposition ?? '',
    ) ?? ['', '%00no-name']
  return decodeURIComponent(encoded)
}

/** Whether a file of the name was stored: then it came back as it was; else the field was named. */
async function isKeptOrRefused(name: string): Promise<boolean> {
  // The address carries no half of a surrogate pair.
  const sent = name.toWellFormed()
  const { status, body } = await upload(clerk, place, { name: sent })
  // A name that is longer than an address may be does not arrive at all.
  if (status === 431) return false
  if (status === 422) {
    expect(body.faults, JSON.stringify(name)).toMatchObject([{ field: 'file_name' }])
    return false
  }
  expect(status, `${JSON.stringify(name)} ${JSON.stringify(body)}`).toBe(201)
  expect(body.file_name).toBe(sent)
  const { headers } = await fetchFile(origin, clerk, `${place}/attachments/${body.id}`)
  expect(nameIn(headers.get('content-disposition')), JSON.stringify(name)).toBe(sent)
  await tenant.sql`delete from _attachment where id = ${body.id as string}`
  return true
}

describe('names that break others', () => {
  it('come back as they were given, or are refused with the field named', { timeout: 240_000 }, async () => {
    const strings = badStrings()
    expect(strings.length).toBeGreaterThan(30)
    const queue = [...strings]
    let stored = 0
    const tryNext = async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift())
        if (await isKeptOrRefused(name)) stored += 1
    }
    await Promise.all(Array.from({ length: 8 }, tryNext))
    expect(stored).toBeGreaterThan(10)
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n\u3000'],
    ['NUL', 'a\u0000.pdf'],
    ['a line', 'a\r\nSet-Cookie: b=c.pdf'],
    ['a delete', 'a\u007f.pdf'],
    ['a control of C1', 'a\u0085.pdf'],
    ['a separator of lines', 'a\u2028.pdf'],
    ['a folder', 'a/b.pdf'],
    ['a folder of Windows', 'a\\b.pdf'],
    ['the folder itself', '.'],
    ['the folder above', '..'],
    ['letters turned round', 'report\u202Efdp.exe'],
    ['an isolate', 'a\u2066b.pdf'],
    ['a mark from right to left', 'a\u200f.pdf'],
    ['more than a file system takes', `${'x'.repeat(252)}.pdf`],
  ])('of %s are refused', async (_, name) => {
    const answer = await upload(clerk, place, { name })
    expect(answer).toMatchObject({ status: 422, body: { faults: [{ field: 'file_name' }] } })
    expect(answer.body.detail).not.toContain('\u202e')
  })

  it.each([
    'x'.repeat(255),
    'مرحبا.pdf',
    '租赁合同（终稿）.docx',
    '👩‍👩‍👧‍👦.png',
    'résumé'.normalize('NFD'),
    ' spaces around ',
    '.htaccess',
    'CON',
    '=cmd|calc!A0.csv',
    "'; drop table _attachment; --",
    '<img src=x onerror=alert(1)>.html',
    '%2e%2e%2fetc',
    '"quoted".txt',
    '__proto__',
  ])('like %s are kept', async (name) => {
    const answer = await upload(clerk, place, { name })
    expect(answer.body).toMatchObject({ file_name: name })
    expect(nameIn(dispositionOf(name))).toBe(name)
  })

  it('are not mended where the address is malformed', async () => {
    for (const query of ['file_name=%ff.pdf', 'file_name=%', 'file_name=a%00.pdf', 'file_name=%ED%A0%80'])
      expect(
        (await clerk.send('POST', `${place}/attachments?${query}`, { body: 'x' })).status,
        query,
      ).toBeLessThan(500)
  })
})
