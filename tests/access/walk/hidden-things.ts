import type { Answer, Client } from '../../server/client.ts'

/** Stands in every text that only the chief may read. */
export const marker = 'zebra'

/** What there is that others may not see: ids by what they are of. */
export type HiddenThings = Readonly<Record<string, string>>

async function done(answer: Promise<Answer>, status: number): Promise<Answer['body']> {
  const { status: got, body } = await answer
  if (got !== status) throw new Error(`${got} instead of ${status}: ${JSON.stringify(body)}`)
  return body
}

/** Makes one of everything that has an id, all of it the chief's, with the marker in its texts. */
export async function makeHiddenThings(chief: Client, doctor: string): Promise<HiddenThings> {
  const patientOf = async (name: string) =>
    (
      await done(
        chief.post('/api/records/patient', {
          ...{ name: `${marker} ${name}`, code: `${marker}-${name}`, diagnosis: `${marker} flu`, doctor },
          ...{ iban: `DE${marker}175407324931`, phone: '+34600000009' },
        }),
        201,
      )
    ).id as string
  const patient = await patientOf('one')
  const referred = await patientOf('two')
  const carried = await patientOf('three')
  const deleted = await patientOf('four')
  await done(chief.delete(`/api/records/patient/${deleted}`), 204)
  const made = await done(
    chief.post('/api/records/visit', {
      ...{
        title: `${marker} visit`,
        patient,
        cost: 777_777,
        doses: [{ text: `${marker} dose`, of: patient }],
      },
    }),
    201,
  )
  const visit = made.id as string
  const dose = made.doses[0].id as string
  const at = `/api/records/patient/${patient}`
  const attachment = (
    await done(
      chief.send('POST', `${at}/attachments?file_name=${marker}.txt`, {
        body: `${marker} in a file`,
        headers: { 'content-type': 'text/plain' },
      }),
      201,
    )
  ).id as string
  await done(
    chief.post(`${at}/shares`, { with: { kind: 'user', id: doctor }, reason: `${marker} reason` }),
    201,
  )
  const share = (await done(chief.get(`${at}/shares`), 200)).shares[0].id as string
  await done(chief.post(`${at}/events/treat`), 200)
  await done(
    chief.post(`/api/records/patient/${referred}/events/refer`, { values: { why: `${marker} why` } }),
    200,
  )
  await done(chief.post(`/api/records/patient/${carried}/events/carry`), 200)
  const preview = await done(
    chief.send('POST', `/api/imports/preview?object=visit&file_name=${marker}.csv`, {
      body: `title\n${marker} row\n`,
      headers: { 'content-type': 'text/csv' },
    }),
    200,
  )
  const started = await done(
    chief.post('/api/imports', { file: preview.file, object: 'visit', mapping: { title: 'title' } }),
    202,
  )
  const key = await done(chief.post('/api/keys', { name: `${marker} key`, scopes: ['read'] }), 201)
  const away = { starts_at: '2031-01-01T00:00:00Z', ends_at: '2031-01-02T00:00:00Z' }
  const absence = await done(chief.post('/api/absences', { substitute: doctor, ...away }), 201)
  return {
    ...{ patient, referred, carried, deleted, visit, dose, attachment, share },
    ...{ file: preview.file as string, import: started.id as string },
    ...{ key: key.id as string, absence: absence.id as string },
  }
}
