import type { UnitOfWork } from '../../../records/index.ts'
import { listParts } from '../convert/choices.ts'
import { nothing, quoted, type Conversion } from '../convert/conversion.ts'
import { convertText } from '../convert/converters.ts'
import { convertMoney } from '../convert/money.ts'
import type { SourceRow } from '../csv/rows.ts'
import { referredObject } from '../plan/match.ts'
import type { ColumnPlan, ImportPlan } from '../plan/plan.ts'
import type { Problem } from '../problems.ts'
import type { Found, References } from './references.ts'

/** What a row means, as far as it means anything. */
export interface ReadRow {
  readonly source: SourceRow
  readonly values: Record<string, unknown>
  /** Why it cannot be imported. */
  readonly faults: Problem[]
  /** What was left blank although the file says something. */
  readonly warnings: Problem[]
  /** Faults that a later row of the same file may mend: it may bring the record that is missing. */
  readonly pending: Problem[]
}

/** The texts of a row's cell that name records: one, or several in a list. */
export function namesIn(column: ColumnPlan, row: SourceRow): readonly string[] {
  const text = cellText(column, row)
  if (text === '') return []
  return column.field.joinTable === undefined ? [text] : listParts(text)
}

/** Reads a row into values of the object's fields. Blank cells say nothing: defaults apply, an update leaves them. */
export function readRow(
  unit: UnitOfWork,
  { plan, row, references }: { plan: ImportPlan; row: SourceRow; references: References },
): ReadRow {
  const read: ReadRow = { source: row, values: {}, faults: shapeFaults(plan, row), warnings: [], pending: [] }
  if (read.faults.length > 0) return read
  for (const column of plan.columns) {
    const text = cellText(column, row)
    if (text === '' || column.part === 'currency') continue
    const raw = row.cells[column.index] as string
    if (raw.includes('\u0000'))
      add(read.faults, column, { code: 'character', message: 'contains the character NUL' })
    else if (column.match.length > 0) readReferences(unit, { plan, column, row, references, read })
    else
      place(
        read,
        column,
        convertCell(unit, { plan, column, row, text: column.values.has(raw.trim()) ? text : raw }),
      )
  }
  return read
}

/** The cell without outer spaces, after corrections of the mapping. */
function cellText(column: ColumnPlan, row: SourceRow): string {
  const text = (row.cells[column.index] ?? '').trim()
  return column.values.get(text) ?? text
}

function shapeFaults(plan: ImportPlan, row: SourceRow): Problem[] {
  if (row.fault === 'text_after_quote')
    return [
      { code: 'quotes', message: 'has text after a closing quote; double the quotes inside of a value' },
    ]
  const { length } = row.cells
  if (length === plan.header.length) return []
  return [{ code: 'cells', message: `has ${length} values; the header has ${plan.header.length} columns` }]
}

function convertCell(
  unit: UnitOfWork,
  { plan, column, row, text }: { plan: ImportPlan; column: ColumnPlan; row: SourceRow; text: string },
): Conversion {
  const { field, part, decimal, date } = column
  const notation = { decimal, date, timeZone: unit.moment.timeZone }
  if (part !== undefined) return { value: text }
  if (field.type.name !== 'money') return convertText(text, field, notation)
  const named = plan.columns.find((each) => each.field === field && each.part === 'currency')
  const beside = named === undefined ? '' : cellText(named, row).toUpperCase()
  const money = convertMoney(text, field, { notation, currency: beside || column.currency })
  if (beside === '' || 'fault' in money) return money
  const { currency } = money.value as { currency: string }
  return currency === beside
    ? money
    : nothing('currency', `${quoted(text)} is in ${currency}, but the column beside it says ${beside}`)
}

function place(read: ReadRow, column: ColumnPlan, converted: Conversion): void {
  const { field, part } = column
  if ('fault' in converted) return add(read.faults, column, converted.fault)
  const before = read.values[field.name] as object | undefined
  if (part !== undefined) read.values[field.name] = { ...before, [part]: converted.value }
  else
    read.values[field.name] =
      before === undefined ? converted.value : { ...(converted.value as object), ...before }
}

function readReferences(
  unit: UnitOfWork,
  options: { plan: ImportPlan; column: ColumnPlan; row: SourceRow; references: References; read: ReadRow },
): void {
  const { plan, column, row, references, read } = options
  const target = referredObject(unit, column.field)
  const ids: string[] = []
  for (const text of namesIn(column, row)) {
    const found = findAny(references, column, text)
    if (typeof found === 'object') ids.push(found.id)
    else if (found === 'several')
      add(read.faults, column, {
        code: 'ambiguous',
        message: `several ${target?.name} records are named ${quoted(text)}`,
      })
    else {
      const missing = {
        code: 'reference',
        message: `there is no ${target?.name} ${quoted(text)} that you may see`,
      }
      const isOwn = target === plan.object
      if (isOwn) add(read.pending, column, missing)
      else if (plan.blanksMissing)
        add(read.warnings, column, { ...missing, message: `${missing.message}; left blank` })
      else add(read.faults, column, missing)
    }
  }
  if (ids.length > 0) read.values[column.field.name] = column.field.joinTable === undefined ? ids[0] : ids
}

function findAny(references: References, column: ColumnPlan, text: string): Found {
  for (const by of column.match) {
    const found = references.get(by, text)
    if (found !== undefined) return found
  }
  return undefined
}

function add(
  list: Problem[],
  column: ColumnPlan,
  { code, message }: { code: string; message: string },
): void {
  list.push({ field: column.field.name, column: column.name, code, message })
}
