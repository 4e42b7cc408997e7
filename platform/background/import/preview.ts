import { invalid, TesseraError } from '../../access/errors.ts'
import { readingWork, writingWork, type WorkOptions } from '../../records/index.ts'
import { detectDelimiter, type Delimiter } from './csv/delimiter.ts'
import { decodeText, type Encoding } from './csv/encoding.ts'
import { readRows } from './csv/rows.ts'
import { columnNames, ColumnSurvey } from './file/columns.ts'
import { ChunkWriter, removeOldFiles, type StoredFile } from './file/store.ts'
import { suggestMapping, type Suggestion } from './suggest/suggest-mapping.ts'

/** The largest file that is taken. */
export const largestFile = 50 * 1024 * 1024
const mostColumns = 500
const shownSamples = 5

/** What a file holds, and what its columns may be. */
export interface ImportPreview {
  /** The token with which the file is imported. */
  readonly file: string
  readonly encoding: string
  readonly delimiter: string
  readonly columns: readonly { name: string; sample: readonly string[]; suggestion: Suggestion | null }[]
  readonly rows: number
}

export interface PreviewRequest {
  readonly object: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** Where the detection errs. */
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
}

/**
 * Takes a CSV file in: finds out its encoding and delimiter, reads all its rows and keeps them for the import, and
 * suggests a field of the object for each column.
 * @throws TesseraError forbidden without the feature `import`; too_large; validation for what is no CSV file
 */
export async function previewImport(work: WorkOptions, request: PreviewRequest): Promise<ImportPreview> {
  const reading = readingWork(work)
  if (!reading.rights.features.has('import'))
    throw new TesseraError('forbidden', `Your roles (${reading.rights.roles || 'none'}) may not import.`)
  const object = reading.model.objects.get(request.object)
  const granted = reading.rights.object(request.object)
  if (object === undefined || (granted.read.length === 0 && !granted.create))
    throw new TesseraError('not_found', `There is no object "${request.object}", or you may not see it.`)
  const file = await storeFile(work, request)
  const suggestions = await suggestMapping(reading, { object, columns: file.columns })
  return {
    file: file.id,
    encoding: file.encoding,
    delimiter: file.delimiter,
    columns: file.columns.map(({ name, sample }) => ({
      name,
      sample: sample.slice(0, shownSamples),
      suggestion: suggestions.get(name) ?? null,
    })),
    rows: file.rows,
  }
}

async function storeFile(work: WorkOptions, request: PreviewRequest): Promise<StoredFile> {
  const { bytes, fileName } = request
  if (bytes.length > largestFile)
    throw new TesseraError(
      'too_large',
      `The file has ${bytes.length} bytes; at most ${largestFile} are taken.`,
    )
  const { text, encoding } = readText(bytes, request.encoding)
  const delimiter = request.delimiter ?? detectDelimiter(text)
  const writer = new ChunkWriter()
  let surveys: ColumnSurvey[] | undefined
  for (const row of readRows(text, delimiter)) {
    if (row.fault === 'quote_not_closed')
      throw notCsv(`The quote that opens a value in the row of line ${row.line} is never closed.`)
    if (surveys === undefined) {
      if (row.cells.length > mostColumns)
        throw notCsv(`The first row has ${row.cells.length} columns; at most ${mostColumns} are taken.`)
      surveys = columnNames(row.cells).map((name) => new ColumnSurvey(name))
      continue
    }
    writer.add(row)
    for (const [at, survey] of surveys.entries()) survey.add(row.cells[at] ?? '')
  }
  if (surveys === undefined) throw notCsv('The file is empty; its first row should name the columns.')
  const columns = surveys.map((survey) => survey.result())
  const by = work.principal.userId
  return writingWork(work, async ({ sql }) => {
    await removeOldFiles(sql)
    return writer.finish(sql, { fileName, encoding, delimiter, columns, by })
  })
}

function readText(bytes: Uint8Array, encoding: Encoding | undefined): ReturnType<typeof decodeText> {
  try {
    return decodeText(bytes, encoding)
  } catch {
    throw notCsv(`The file is not text in the encoding ${encoding ?? 'that it seems to be in'}.`)
  }
}

function notCsv(message: string): TesseraError {
  return invalid([{ field: 'file', code: 'csv', message }])
}
