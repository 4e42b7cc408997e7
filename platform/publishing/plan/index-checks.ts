import { identifier } from '../../database/identifier.ts'
import { LONGEST_INDEX_ROW } from '../../definitions/link/index-size.ts'
import type { ValueCheck } from './step.ts'

/** The table that an index is to be built on, and its fields as people know them. */
export interface IndexSource {
  readonly from: string
  readonly fields: string
}

/** Finds the values of a unique index that are there more than once. */
export function duplicateCheck({ from, fields }: IndexSource, columns: readonly string[]): ValueCheck {
  const quoted = columns.map(identifier)
  const value = quoted.length === 1 ? `${quoted[0]}::text` : `concat_ws(', ', ${quoted.join(', ')})`
  return {
    query:
      `select ${value} as value, count(*)::int as count from ${from} ` +
      `where "deleted_at" is null and ${quoted.map((name) => `${name} is not null`).join(' and ')} ` +
      `group by ${quoted.join(', ')} having count(*) > 1 order by 2 desc, 1 limit 5`,
    message: `${fields} is to be unique, but values are there more than once`,
    remedy: 'Change or merge these records first, or do not declare it unique.',
  }
}

/**
 * Finds texts that no index row holds. The declaration limits what is written from now on; records from before a
 * limit was lowered may have more.
 */
export function lengthCheck({ from, fields }: IndexSource, texts: readonly string[]): ValueCheck {
  const quoted = texts.map(identifier)
  const bytes = quoted.map((name) => `coalesce(octet_length(${name}), 0)`).join(' + ')
  return {
    query:
      `select left(concat_ws(', ', ${quoted.join(', ')}), 60) || '…' as value, count(*)::int as count from ${from} ` +
      `where "deleted_at" is null and ${bytes} > ${LONGEST_INDEX_ROW} group by 1 order by 2 desc, 1 limit 5`,
    message: `${fields} is to stand in an index, but values are longer than the ${LONGEST_INDEX_ROW} bytes that it holds`,
    remedy: 'Shorten these values first, or declare neither "unique" nor "indexed" for it.',
  }
}
