import { createHash, randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invalid, TesseraError } from '../../access/errors.ts'
import { chunkBytes, type FileContent } from '../../records/index.ts'

type Body = ReadableStream<Uint8Array> | null

export interface FileTaker {
  /**
   * Takes a file in and gives its content to the work; nothing of it is left afterwards.
   * @throws TesseraError too_large, validation where it is empty, bad_request where it breaks off, unavailable where too
   * many are on their way
   */
  take<T>(body: Body, work: (content: FileContent) => Promise<T>): Promise<T>
}

/** Files on their way to one node at the same time: each takes room in its folder for temporary files. */
const mostAtOnce = 32

/**
 * Takes files in by way of the folder for temporary files. Its sender may be slow: no memory, no connection and no
 * transaction of the database waits for him.
 */
export function createFileTaker({ mostBytes }: { mostBytes: number }): FileTaker {
  let underWay = 0
  return {
    async take(body, work) {
      if (underWay >= mostAtOnce)
        throw new TesseraError('unavailable', 'Too many files are on their way to this server; try again.', {
          members: { retryAfterSeconds: 5 },
        })
      underWay += 1
      try {
        return await withTemporaryFile(async (file) => work(await takeIn(body, { file, mostBytes })))
      } finally {
        underWay -= 1
      }
    },
  }
}

/** The file has no name once it is open: it goes with the process, however that ends. */
async function withTemporaryFile<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
  const path = join(tmpdir(), `tessera-upload-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    return await work(file)
  } finally {
    await file.close()
  }
}

async function takeIn(
  body: Body,
  { file, mostBytes }: { file: FileHandle; mostBytes: number },
): Promise<FileContent> {
  const hash = createHash('sha256')
  let size = 0
  for await (const part of partsOf(body)) {
    size += part.length
    if (size > mostBytes) throw tooLarge(mostBytes)
    hash.update(part)
    await file.write(part)
  }
  if (size === 0) throw invalid([{ field: 'file', code: 'empty_file', message: 'is empty' }])
  return { size, sha256: hash.digest('hex'), parts: () => readBack(file, size) }
}

async function* partsOf(body: Body): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader()
  for (;;) {
    const read = await reader?.read().catch((cause: unknown) => {
      throw new TesseraError('bad_request', 'The file broke off on its way; send it again.', { cause })
    })
    if (read === undefined || read.done) return
    yield read.value
  }
}

async function* readBack(file: FileHandle, size: number): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; from < size;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, from)
    if (bytesRead === 0) return
    from += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** Refuses what says itself that it is too large, before a byte of it is read. */
export function checkLength(length: string | undefined, mostBytes: number): void {
  if (length !== undefined && Number(length) > mostBytes) throw tooLarge(mostBytes)
}

function tooLarge(mostBytes: number): TesseraError {
  return new TesseraError(
    'too_large',
    `The file is larger than ${mostBytes / 1024 / 1024} MiB, the most that can be attached.`,
    { members: { largest: mostBytes } },
  )
}
