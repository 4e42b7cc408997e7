import type { UnitOfWork } from '../unit-of-work.ts'

/** The bytes of a file that is being attached. */
export interface FileContent {
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  /** The bytes from the beginning, in parts of any size; may be asked for again. */
  parts(): AsyncIterable<Uint8Array>
}

/** What one row holds, and what is in memory of a file at a time. */
export const chunkBytes = 256 * 1024

/** Writes the bytes of an attachment whose row is there. */
export async function writeContent(
  { sql }: UnitOfWork,
  { attachment, content }: { attachment: string; content: FileContent },
): Promise<void> {
  let number = 0
  let written = 0
  for await (const bytes of inChunks(content.parts())) {
    await sql.unsafe(
      'insert into _attachment_chunk (attachment, number, bytes) values ($1::uuid, $2::int, $3::bytea)',
      [attachment, number, bytes],
      { prepare: true },
    )
    number += 1
    written += bytes.length
  }
  if (written !== content.size)
    throw new Error(`The file has ${written} bytes, not ${content.size}; it changed while it was written.`)
}

/** The bytes of an attachment, a chunk for each time one is asked for. Outside of a transaction, no connection is held between. */
export async function* readContent(
  { sql }: UnitOfWork,
  { attachment, size }: { attachment: string; size: number },
): AsyncGenerator<Uint8Array, void> {
  let sent = 0
  for (let number = 0; sent < size; number++) {
    const [chunk] = (await sql.unsafe(
      'select bytes from _attachment_chunk where attachment = $1::uuid and number = $2::int',
      [attachment, number],
      { prepare: true },
    )) as unknown as { bytes: Uint8Array }[]
    if (chunk === undefined) throw new Error(`The attachment ${attachment} was removed while it was read.`)
    sent += chunk.bytes.length
    yield chunk.bytes
  }
}

async function* inChunks(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const part of parts) {
    for (let from = 0; from < part.length;) {
      const taken = part.subarray(from, from + chunkBytes - size)
      waiting.push(taken)
      size += taken.length
      from += taken.length
      if (size < chunkBytes) continue
      yield Buffer.concat(waiting)
      waiting = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(waiting)
}
