import { client } from '../server/client.ts'
import { administrator, password, type ServedCompany } from './serve-company.ts'

type Values = Readonly<Record<string, unknown>>

/** The administrator at the API: makes what a test begins with, past the browser. */
export async function administratorOf(company: ServedCompany) {
  const { origin } = company
  const { cookie } = await client(origin).post('/api/auth/sign-in/email', { email: administrator, password })
  const api = client(origin, { cookie, 'tessera-request': '1' })
  const make = async (object: string, values: Values): Promise<string> => {
    const { status, body } = await api.post(`/api/records/${object}`, values)
    if (status !== 201) throw new Error(`${object} was refused: ${JSON.stringify(body)}`)
    return body.id as string
  }
  return {
    make,
    async change(object: string, id: string, values: Values): Promise<void> {
      const { status, body } = await api.patch(`/api/records/${object}/${id}`, values)
      if (status !== 200) throw new Error(`The change was refused: ${JSON.stringify(body)}`)
    },
    /** Makes a person who can sign in. */
    async employ(person: { name: string; email: string; roles: string[]; team?: string }): Promise<string> {
      const id = await make('user', person)
      await company.admit({ ...person, id })
      return id
    },
    async list(object: string, filter: string, fields: readonly string[] = []): Promise<readonly Values[]> {
      const { body } = await api.post(`/api/records/${object}/query`, { filter, fields, limit: 20 })
      return body.rows as Values[]
    },
    /** Counts and sums over the records of an object that a filter leaves. */
    async totals(
      object: string,
      { filter, measures = { records: { function: 'count' } } }: { filter?: string; measures?: Values } = {},
    ): Promise<Values> {
      const { body } = await api.post(`/api/records/${object}/aggregate`, {
        ...(filter === undefined ? {} : { filter }),
        measures,
      })
      return body.groups[0].values as Values
    },
  }
}
