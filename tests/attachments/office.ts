import { freshDatabase } from '../harness/fresh-database.ts'
import type { ServerSettings } from '../../platform/server/settings.ts'
import type { Answer, Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

export interface Upload {
  readonly name?: string
  readonly bytes?: string | Uint8Array<ArrayBuffer>
  readonly type?: string
}

/** Contracts behind real HTTP, with short ways to send files and fetch them. */
export async function openOffice(settings: Partial<ServerSettings> = {}) {
  const database = await freshDatabase()
  const server = await serveLibrary(database, {
    documents: declarations,
    name: 'office',
    settings: { requestsPerMinute: 100_000, ...settings },
  })
  const people = {
    clerk: await server.signIn('Cleo', ['clerk']),
    other: await server.signIn('Otto', ['clerk']),
    guest: await server.signIn('Gus', ['guest']),
    reader: await server.signIn('Rea', ['reader']),
    checker: await server.signIn('Chen', ['checker']),
    second: await server.signIn('Sita', ['checker']),
    sender: await server.signIn('Sam', ['sender']),
    chief: await server.signIn('Ada', ['chief']),
    nobody: await server.signIn('Nils', []),
  }

  /** The address of a contract of the clerk. */
  async function contract(...events: string[]): Promise<string> {
    const values = { title: 'Lease', clauses: [{ text: 'Rent' }] }
    const made = await people.clerk.post('/api/records/contract', values)
    const address = `/api/records/contract/${made.body.id}`
    for (const event of events) await people.clerk.post(`${address}/events/${event}`)
    return address
  }

  /** The address of the work on a contract. */
  async function workOn(address: string): Promise<string> {
    const { body } = await people.clerk.get(`${address}/process`)
    return `/api/work-items/${body.work_items[0].id}`
  }

  const count = async (): Promise<{ files: number; chunks: number }> => {
    const [row] = await server.tenant.sql`
      select (select count(*)::int from _attachment) as files,
        (select count(*)::int from _attachment_chunk) as chunks`
    return row as { files: number; chunks: number }
  }
  return { ...server, database, people, contract, workOn, count }
}

export function upload(
  who: Client,
  place: string,
  { name = 'lease.pdf', bytes = 'Rent is due.', type = 'application/pdf' }: Upload = {},
): Promise<Answer> {
  return who.send('POST', `${place}/attachments?file_name=${encodeURIComponent(name)}`, {
    body: bytes,
    headers: { 'content-type': type },
  })
}

/** Names of the files that somebody sees at a place. */
export async function namesAt(who: Client, place: string): Promise<readonly string[]> {
  const { body } = await who.get(`${place}/attachments`)
  return body.attachments.map(({ file_name: name }: { file_name: string }) => name)
}

/** A file as its bytes arrive. */
export async function fetchFile(
  origin: string,
  who: Client,
  path: string,
): Promise<{ status: number; headers: Headers; bytes: Buffer<ArrayBuffer> }> {
  const response = await fetch(origin + path, { headers: { connection: 'close', ...who.headers } })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}
