import { beforeEach, describe, expect, it } from 'vitest'
import { outgoingMeans } from '../../platform/background/index.ts'
import { runDelivery } from '../../platform/background/outgoing/run-delivery.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'
import { listOutgoing, readOutgoing, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, deleteRecord, getRecord, updateRecord } from '../../platform/records/index.ts'
import { sessionSecret } from '../../platform/server/identity/session-secret.ts'
import { unsubscribeLink } from '../../platform/server/unsubscribe/link.ts'
import { unsubscribeLinks } from '../../platform/server/unsubscribe/links.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { mailServer } from '../outgoing/mail-server.ts'
import { serveLibrary } from '../server/serve-library.ts'

const consent = {
  email: { given_when: 'record.wants_news == true', withdraw: { wants_news: false } },
}
const mail = (purpose?: string) => ({
  type: 'email',
  params: {
    to: 'record.email',
    subject: "'News for ' + record.name",
    text: "'Read this.'",
    ...(purpose === undefined ? {} : { purpose }),
  },
})
const letters = (guest: object = {}, purpose = 'marketing') => ({
  object: {
    guest: {
      name: 'guest',
      label: 'Guest',
      plural: 'Guests',
      name_field: 'name',
      person: true,
      consent,
      lifecycle: 'letters',
      fields: {
        name: { type: 'text', personal: 'identity' },
        email: { type: 'email', personal: 'contact' },
        wants_news: { type: 'boolean', read_only: true, default: true },
        status: { type: 'state' },
      },
      ...guest,
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: { guest: { create: true, read: 'all', update: 'all', delete: 'all' } },
    },
  },
  process: {
    letters: {
      name: 'letters',
      label: 'Letters',
      object: 'guest',
      state_field: 'status',
      starts: 'on_create',
      events: { advertise: { label: 'Advertise' }, confirm: { label: 'Confirm' }, close: { label: 'Close' } },
      machine: {
        initial: 'new',
        states: {
          new: {
            on: { advertise: { actions: [mail(purpose)] }, confirm: { actions: [mail()] }, close: 'closed' },
          },
          closed: { type: 'final' },
        },
      },
    },
  },
})

const post = await mailServer()
const database = await freshDatabase()
const server = await serveLibrary(database, { documents: letters() as never, name: 'inn' })
const { tenant } = server
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const admin = await tenant.person('Ada Admin', { roles: ['administrator'] })
const { sql } = tenant
const publicUrl = new URL(server.origin)
const means = {
  ...outgoingMeans({ TESSERA_SMTP_URL: post.url, TESSERA_MAIL_FROM: 'inn@example.com' }),
  unsubscribeLink: unsubscribeLinks(database, { publicUrl }),
}

beforeEach(async () => {
  await sql`delete from _effect`
  post.mails.length = 0
})

const guest = async () =>
  String(
    (
      await tenant.write(clerk, (unit) =>
        createRecord(unit, { object: 'guest', values: { name: 'Zelda', email: 'zelda@example.com' } }),
      )
    ).id,
  )
const send = (id: string, event: string) =>
  tenant.write(clerk, (unit) => sendEvent(unit, { object: 'guest', id, event, values: {} }))
const set = (id: string, wants: boolean) =>
  tenant.write(clerk, (unit) =>
    updateRecord(unit, { object: 'guest', id, values: { wants_news: wants } }, { by: 'process' }),
  )
const deliver = async (given = means) => {
  const rows = await sql<{ id: string; attempts: number }[]>`
    select id, attempts from _effect where status = 'waiting' order by number`
  for (const { id, attempts } of rows)
    await runDelivery(tenant.work(admin), { effect: id, attempt: attempts }, { means: given, ports: {} })
}
const statuses = async () =>
  (await sql<{ status: string }[]>`select status from _effect order by number`).map(({ status }) => status)

describe('a marketing mail', () => {
  it('goes to a person who agrees, with a link to unsubscribe in its head and its text', async () => {
    const id = await guest()
    await send(id, 'advertise')
    await deliver()
    const secret = await sessionSecret(database)
    const link = unsubscribeLink({ tenant: 'inn', object: 'guest', record: id }, { url: publicUrl, secret })
    const text = post.mails[0]!.replaceAll(/\r\n[ \t]+/g, ' ')
      .replaceAll(/=\r\n/g, '')
      .replaceAll('=3D', '=')
    expect(text.replaceAll(' ', '')).toContain(`List-Unsubscribe:<${link}>`)
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(text).toContain(`Unsubscribe: ${link}`)
    expect(await statuses()).toEqual(['delivered'])
  })

  it('is not sent where the consent ended after it was written down, and the log says so', async () => {
    const id = await guest()
    await send(id, 'advertise')
    await send(id, 'confirm')
    await set(id, false)
    await deliver()
    expect(await statuses()).toEqual(['suppressed', 'delivered'])
    expect(post.mails).toHaveLength(1)
    expect(post.mails[0]).not.toContain('List-Unsubscribe')
    const { items } = await tenant.read(admin, (unit) => listOutgoing(unit, { status: 'suppressed' }))
    expect(items).toMatchObject([{ status: 'suppressed', record: id }])
    const { log } = await tenant.read(admin, (unit) => readOutgoing(unit, items[0]!.id))
    expect(log).toMatchObject([{ outcome: 'suppressed', error: null }])
  })

  it('is sent where the consent came back in time, and not to a record that is gone', async () => {
    const [back, gone] = [await guest(), await guest()]
    await set(back, false)
    await send(back, 'advertise')
    await set(back, true)
    await send(gone, 'advertise')
    await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'guest', id: gone }))
    await deliver()
    expect(await statuses()).toEqual(['delivered', 'suppressed'])
  })

  it('waits where the server does not know its address', async () => {
    await send(await guest(), 'advertise')
    await deliver({ ...means, unsubscribeLink: unsubscribeLinks(database, { publicUrl: undefined }) })
    const [row] = await sql<
      { status: string; error: string }[]
    >`select status, last_error as error from _effect`
    expect(row).toMatchObject({ status: 'waiting', error: expect.stringContaining('set TESSERA_URL') })
    expect(post.mails).toEqual([])
  })
})

describe('the link', () => {
  const pathOf = async (id: string, rest: object = {}) => {
    const of = { tenant: 'inn', object: 'guest', record: id, ...rest }
    const { pathname, search } = new URL(
      unsubscribeLink(of, { url: publicUrl, secret: await sessionSecret(database) }),
    )
    return pathname + search
  }
  const wants = async (id: string) =>
    (await tenant.read(clerk, (unit) => getRecord(unit, { object: 'guest', id }))).wants_news
  const withdrawn = (id: string) => sql`
    select actor_name, address, detail from _audit where action = 'consent.withdrawn' and record = ${id}`
  const oneClick = {
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }

  it('asks whoever opens it, and changes nothing by that', async () => {
    const id = await guest()
    const shown = await server.visitor.send('GET', await pathOf(id), {
      headers: { 'accept-language': 'zh-CN,zh' },
    })
    expect(shown).toMatchObject({ status: 200, body: expect.stringContaining('退订') })
    expect(shown.body).toContain('<form method="post">')
    expect(await wants(id)).toBe(true)
  })

  it('withdraws the consent with one POST, without signing in, once', async () => {
    const id = await guest()
    const path = await pathOf(id)
    expect(await server.visitor.send('POST', path, oneClick)).toMatchObject({
      status: 200,
      body: expect.stringContaining('no more newsletters'),
    })
    expect(await wants(id)).toBe(false)
    expect((await server.visitor.send('POST', path, oneClick)).status).toBe(200)
    expect([...(await withdrawn(id))]).toEqual([
      {
        actor_name: 'Link in a mail',
        address: expect.stringContaining('127.0.0.1'),
        detail: { channel: 'email' },
      },
    ])
    const [change] =
      await sql`select changes, cause from _change where record = ${id} order by id desc limit 1`
    expect(change).toEqual({
      changes: { wants_news: { from: true, to: false } },
      cause: { consent: 'withdrawn' },
    })
  })

  it('works for the record alone for which it was made', async () => {
    const [one, other] = [await guest(), await guest()]
    const path = await pathOf(one)
    for (const wrong of [
      path.replace(one, other),
      path.replace(/signature=.*/, 'signature=AAAA'),
      path.replace(/\?.*/, ''),
      path.replace('/inn/', '/other/'),
      `/api/unsubscribe/inn/guest/${one}?signature=`,
    ])
      expect((await server.visitor.send('POST', wrong, oneClick)).status, wrong).toBe(404)
    expect([await wants(one), await wants(other)]).toEqual([true, true])
  })
})

describe('the declaration', () => {
  const problems = (documents: object) =>
    buildModel({ documents: documents as never })
      .problems.filter(({ severity }) => severity === 'error')
      .map(describeProblem)
      .join('\n')

  it.each([
    [{ given_when: 'record.name' }, 'bool is needed'],
    [{ withdraw: { nothing: false } }, 'nothing'],
    [{ withdraw: { wants_news: 'perhaps' } }, 'is no value of "wants_news"'],
    [{ withdraw: { wants_news: true } }, 'still given'],
    [{ withdraw: { status: 'new' } }, 'cannot be written'],
    [{ withdraw: {} }, 'withdraw'],
  ])('is checked: %o', (wrong, message) => {
    expect(problems(letters({ consent: { email: { ...consent.email, ...wrong } } }))).toContain(message)
  })

  it('is demanded by marketing mails alone', () => {
    expect(problems(letters({ consent: {} }, 'service'))).toBe('')
    expect(problems(letters({ consent: {} }))).toContain(
      '"guest" does not say whether a person agrees to marketing mails.',
    )
    expect(problems(letters({}, 'spam'))).toContain('purpose')
  })
})
