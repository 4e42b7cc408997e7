import { invalid, TesseraError, type Fault } from '../../../access/errors.ts'
import type { FieldModel, KeyModel, ObjectModel } from '../../../definitions/model/model.ts'
import { nearest } from '../../../definitions/nearest.ts'
import { keyOf, type UnitOfWork } from '../../../records/index.ts'
import { notationOf } from '../file/columns.ts'
import type { StoredFile } from '../file/store.ts'
import type { ColumnTarget, ImportRequest } from '../request.ts'
import { checkEntry } from './entry.ts'
import { matchFields } from './match.ts'
import { whyNotImportable } from './importable.ts'

/** A column that is imported: where it stands, what it fills and how. */
export interface ColumnPlan {
  readonly index: number
  readonly name: string
  readonly field: FieldModel
  /** The part of the field that the column fills: the currency of money, a part of an address. */
  readonly part: string | undefined
  /** For references: the fields of the other object by which a record is found, in the order of trying. */
  readonly match: readonly FieldModel[]
  readonly isCreating: boolean
  readonly values: ReadonlyMap<string, string>
  readonly currency: string | undefined
  readonly decimal: '.' | ','
  readonly date: 'ymd' | 'dmy' | 'mdy' | undefined
}

/** An import, checked against the Model, the file and the rights of the person who imports. */
export interface ImportPlan {
  readonly object: ObjectModel
  readonly columns: readonly ColumnPlan[]
  /** All columns of the file, for telling what a row was. */
  readonly header: readonly string[]
  readonly key: KeyModel | undefined
  readonly entry: string | undefined
  readonly blanksMissing: boolean
  readonly isDryRun: boolean
}

const parts: Readonly<Record<string, readonly string[]>> = {
  money: ['currency'],
  address: ['street', 'city', 'region', 'postal_code', 'country'],
}

/**
 * @throws TesseraError forbidden without the feature `import` or the right to create; not_found for the object;
 * validation with a fault for each column that cannot be imported as asked
 */
export function planImport(
  unit: UnitOfWork,
  { file, request }: { file: StoredFile; request: ImportRequest },
): ImportPlan {
  const object = importableObject(unit, request)
  const faults: Fault[] = []
  const columns: ColumnPlan[] = []
  for (const [name, given] of Object.entries(request.mapping)) {
    if (given === null) continue
    const target = typeof given === 'string' ? { field: given } : given
    const planned = planColumn(unit, { object, file, request, name, target })
    if ('fault' in planned) faults.push({ field: `mapping.${name}`, ...planned.fault })
    else if (columns.some(({ field, part }) => field === planned.field && part === planned.part))
      faults.push({
        field: `mapping.${name}`,
        code: 'twice',
        message: `fills ${target.field}, as another column does`,
      })
    else columns.push(planned)
  }
  faults.push(...lonelyCurrencies(columns))
  if (columns.length === 0 && faults.length === 0)
    faults.push({ field: 'mapping', code: 'required', message: 'names no column that is to be imported' })
  if (faults.length > 0) throw invalid(faults)
  const key = request.key === undefined ? undefined : plannedKey(unit, object, columns, request.key)
  checkEntry(unit, {
    object,
    entry: request.entry,
    hasState: columns.some(({ field }) => field.type.name === 'state'),
  })
  return {
    object,
    columns: columns.toSorted((left, right) => left.index - right.index),
    header: file.columns.map((column) => column.name),
    key,
    entry: request.entry,
    blanksMissing: request.on_missing_reference === 'blank',
    isDryRun: request.dry_run === true,
  }
}

/** A currency is read with the amount that it belongs to. */
function lonelyCurrencies(columns: readonly ColumnPlan[]): Fault[] {
  const hasAmount = (field: FieldModel) =>
    columns.some((each) => each.field === field && each.part === undefined)
  return columns
    .filter(({ field, part }) => part === 'currency' && !hasAmount(field))
    .map(({ name, field }) => ({
      field: `mapping.${name}`,
      code: 'required',
      message: `is the currency of ${field.name}, whose amount no column fills`,
    }))
}

function importableObject({ model, rights }: UnitOfWork, request: ImportRequest): ObjectModel {
  if (!rights.features.has('import'))
    throw new TesseraError('forbidden', `Your roles (${rights.roles || 'none'}) may not import.`)
  const object = model.objects.get(request.object)
  const granted = rights.object(request.object)
  if (object === undefined || (granted.read.length === 0 && !granted.create))
    throw new TesseraError('not_found', `There is no object "${request.object}", or you may not see it.`)
  if (!granted.create && (request.key === undefined || granted.update.length === 0))
    throw new TesseraError(
      'forbidden',
      `Your roles (${rights.roles || 'none'}) may not create ${object.name} records.`,
    )
  return object
}

type Planned = ColumnPlan | { readonly fault: Omit<Fault, 'field'> }

function planColumn(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    file: StoredFile
    request: ImportRequest
    name: string
    target: ColumnTarget
  },
): Planned {
  const { object, file, request, name, target } = options
  const index = file.columns.findIndex((column) => column.name === name)
  const column = file.columns[index]
  if (column === undefined)
    return fault(
      'unknown_column',
      `is not a column of the file${near(
        name,
        file.columns.map((each) => each.name),
      )}`,
    )
  const [fieldName = '', part, ...deeper] = target.field.split('.')
  const field = object.fields.get(fieldName)
  if (field === undefined || unit.rights.object(object.name).field(fieldName) === 'hidden')
    return fault(
      'unknown_field',
      `"${fieldName}" is not a field of ${object.name}${near(fieldName, object.fields.keys())}`,
    )
  if (part !== undefined && (deeper.length > 0 || !(parts[field.type.name] ?? []).includes(part)))
    return fault(
      'unknown_field',
      `"${target.field}" cannot be filled${near(part, parts[field.type.name] ?? [])}`,
    )
  const refusal = whyNotImportable(unit, field, { isEntering: request.entry !== undefined })
  if (refusal !== undefined) return fault('read_only', refusal)
  const match = matchFields(unit, field, target.match)
  if ('fault' in match) return match
  const notation = notationOf(column, file.columns)
  return {
    index,
    name,
    field,
    part,
    match: match.fields,
    isCreating: target.create === true,
    values: new Map(Object.entries(target.values ?? {})),
    currency: target.currency,
    decimal: request.locale?.decimal ?? notation.decimal,
    date: request.locale?.date ?? notation.date,
  }
}

function plannedKey(
  unit: UnitOfWork,
  object: ObjectModel,
  columns: readonly ColumnPlan[],
  name: string,
): KeyModel {
  const key = keyOf(unit, object, name)
  const missing = key.fields.filter((field) => !columns.some((column) => column.field.name === field))
  if (missing.length > 0)
    throw invalid([
      {
        field: 'key',
        code: 'required',
        message: `needs columns for ${missing.join(', ')}, which no column fills`,
      },
    ])
  return key
}

function fault(code: string, message: string): Planned {
  return { fault: { code, message } }
}

function near(name: string, known: Iterable<string>): string {
  const found = nearest(name, [...known])
  return found === undefined ? '' : `; did you mean "${found}"?`
}
