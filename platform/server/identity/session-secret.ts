import { randomBytes } from 'node:crypto'
import { secretPlace, type Database } from '../../database/index.ts'

/** The secret that signs session cookies: TESSERA_SECRET, or one made once and shared by all nodes. */
export async function sessionSecret({ platform: sql, secrets }: Database): Promise<string> {
  const given = process.env.TESSERA_SECRET
  if (given !== undefined && given !== '') {
    if (given.length < 32) throw new Error('TESSERA_SECRET is too short; use at least 32 random characters.')
    return given
  }
  const made = secrets.seal(randomBytes(32).toString('base64url'), secretPlace.sessionSecret)
  await sql`
    insert into platform.setting (key, value) values ('session_secret', ${made})
    on conflict (key) do nothing`
  const [row] = await sql<
    { value: string }[]
  >`select value from platform.setting where key = 'session_secret'`
  return secrets.open(row!.value, secretPlace.sessionSecret)
}
