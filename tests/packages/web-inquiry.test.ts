import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { outgoingMeans } from '../../platform/background/index.ts'
import { handOutWork, listWorkItems, runTriggers, setPresence } from '../../platform/processes/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { shippedModel } from './shipped-packages.ts'

const secret = 'shared with the website'
const { tenant, visitor } = await serveLibrary(await freshDatabase(), {
  documents: shippedModel().documents,
  name: 'main',
  settings: { outgoing: outgoingMeans({ TESSERA_SECRET_MAIN__WEB_FORM: secret }) },
})
const inquiry = {
  inquiry: 'W-1',
  name: 'Lin Xiao',
  company: 'Chengyuan',
  email: 'lin@chengyuan.example',
  country: 'CN',
  message: 'Watch the cold chain',
}

test('an inquiry on the website becomes a lead without an owner, once, and the desk gets its first contact', async () => {
  const ada = await tenant.person('Ada', { roles: ['administrator'] })
  const ida = await tenant.person('Ida', { roles: ['inside_sales'] })
  await tenant.write(ida, (unit) => setPresence(unit, { presence: 'available' }))
  expect((await send({ ...inquiry, email: 'nobody' })).status).toBe(422)
  for (const repeated of [false, true])
    expect(await send(inquiry)).toMatchObject({ status: 202, body: { repeated } })
  const batches = await tenant.sql<{ batch: string }[]>`select distinct batch from _trigger_run`
  for (const { batch } of batches) await runTriggers(tenant.work(ada), batch)
  const leads = await tenant.sql`select name, company, source, need, owner, status from lead`
  expect([...leads]).toEqual([
    {
      name: 'Lin Xiao',
      company: 'Chengyuan',
      source: 'web_form',
      need: 'Watch the cold chain',
      owner: null,
      status: 'unassigned',
    },
  ])
  await handOutWork(tenant.work(ada), {})
  const work = await tenant.read(ida, (unit) => listWorkItems(unit))
  expect(work).toMatchObject([{ queue: { name: 'lead_desk' }, assignee: { name: 'Ida' } }])
})

function send(body: object) {
  const text = JSON.stringify(body)
  const time = Math.floor(Date.now() / 1_000)
  const mac = createHmac('sha256', secret).update(`${time}.${text}`).digest('hex')
  return visitor.send('POST', '/api/inbound/main/web_inquiry', {
    body: text,
    headers: { 'content-type': 'application/json', 'tessera-signature': `t=${time},v1=${mac}` },
  })
}
