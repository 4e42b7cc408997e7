import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { readRows, type SourceRow } from './rows.ts'

const rowsOf = (text: string, delimiter: ',' | ';' = ',') => [...readRows(text, delimiter)]
const cellsOf = (text: string) => rowsOf(text).map((row) => row.cells)

describe('readRows', () => {
  it('reads what papaparse writes, whatever is in the values', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', 'a"b', ' padded ', '=1+1', '中文', '\u0000'),
    )
    const row = fc
      .array(cell, { minLength: 1, maxLength: 5 })
      .filter((cells) => cells.some((x) => x.trim() !== ''))
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (rows, newline, quotes) => {
          expect(cellsOf(Papa.unparse(rows, { newline, quotes }))).toEqual(rows)
        },
      ),
    )
  })

  it('names the line in which each row begins', () => {
    const rows = rowsOf('a,b\r\n"one\r\ntwo\nthree",2\n\n\rx,y')
    expect(rows.map((row) => row.line)).toEqual([1, 2, 7])
  })

  it('loses no row of a file with mixed line ends', () => {
    expect(cellsOf('a\r\nb\nc\rd')).toEqual([['a'], ['b'], ['c'], ['d']])
  })

  it('passes over rows without a value', () => {
    expect(cellsOf('a,b\n\n,\n  ,\t\nc,d\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('passes over a byte order mark and the line that names the delimiter', () => {
    const expected: SourceRow[] = [{ line: 2, cells: ['a', 'b'] }]
    expect(rowsOf('\uFEFFsep=;\r\na;b', ';')).toEqual(expected)
  })

  it('marks a row in which text follows a closing quote, and goes on after it', () => {
    expect(rowsOf('"a"b,c\nd,e')).toEqual([
      { line: 1, cells: ['ab', 'c'], fault: 'text_after_quote' },
      { line: 2, cells: ['d', 'e'] },
    ])
  })

  it('marks a quote that is never closed', () => {
    expect(rowsOf('a,b\nc,"d\ne,f')).toMatchObject([{ line: 1 }, { line: 2, fault: 'quote_not_closed' }])
  })

  it('keeps a quote inside of a value that does not begin with one', () => {
    expect(cellsOf('5" disk,a')).toEqual([['5" disk', 'a']])
  })
})
