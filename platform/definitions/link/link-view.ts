import type { LocalText, ViewModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileCondition } from './compile.ts'
import type { Linkage } from './linkage.ts'
import { checkObject } from './look-up.ts'
import { followPath, isSummable, obstacleToSort } from './paths.ts'
import { isPromiseColumn } from './promise-columns.ts'
import { recordOf, userType } from './scope.ts'

type Document = Readonly<Record<string, unknown>>

/** A list or board over an object; undefined where its object does not exist. */
export function linkView(linkage: Linkage, name: string, document: Document): ViewModel | undefined {
  const at: Address = { kind: 'view', name, path: [] }
  const object = document.object as string
  if (!checkObject(linkage, object, inside(at, 'object'))) return undefined
  const source = { at, object, document }
  return {
    name,
    object,
    label: document.label as LocalText,
    type: document.type as ViewModel['type'],
    columns: linkColumns(linkage, {
      object,
      columns: document.columns as string[],
      at: inside(at, 'columns'),
    }),
    filter: linkFilter(linkage, source),
    filterText: document.filter as string | undefined,
    sort: linkSort(linkage, source),
    totals: linkTotals(linkage, source),
    ...linkBoard(linkage, source),
  }
}

/** Columns of a view or of a related list. */
export function linkColumns(
  linkage: Linkage,
  { object, columns, at }: { object: string; columns: string[]; at: Address },
): string[] {
  const seen = new Set<string>()
  for (const [position, path] of columns.entries()) {
    const place = inside(at, position)
    const last = isPromiseColumn(linkage, { object, path, at: place })
      ? undefined
      : followPath(linkage, { object, path, at: place })?.at(-1)
    if (last?.type.name === 'lines')
      linkage.problems.error({
        at: place,
        code: 'column',
        message: `"${path}" holds rows of its own and cannot be a column.`,
        remedy: 'Show a roll-up over the lines instead.',
      })
    if (seen.has(path))
      linkage.problems.error({
        at: place,
        code: 'column',
        message: `The column "${path}" is there twice.`,
        remedy: 'Remove one.',
      })
    seen.add(path)
  }
  return columns
}

interface Source {
  readonly at: Address
  readonly object: string
  readonly document: Document
}

function linkFilter(linkage: Linkage, { at, object, document }: Source) {
  if (typeof document.filter !== 'string') return undefined
  const place = inside(at, 'filter')
  const filter = compileCondition(linkage, {
    at: place,
    text: document.filter,
    variables: { record: recordOf(object), user: userType },
  })
  if (filter?.sqlObstacle !== undefined)
    linkage.problems.error({
      at: { ...place, offset: filter.sqlObstacle.position },
      code: 'not_in_database',
      message: `The database cannot evaluate the filter: ${filter.sqlObstacle.message}.`,
      remedy: 'Write the filter without this part.',
    })
  return filter
}

function linkSort(linkage: Linkage, { at, object, document }: Source): ViewModel['sort'] {
  const declared = (document.sort ?? []) as { field: string; direction?: 'ascending' | 'descending' }[]
  return declared.map(({ field, direction = 'ascending' }, position) => {
    const place = inside(at, 'sort', position, 'field')
    const last = isPromiseColumn(linkage, { object, path: field, at: place })
      ? undefined
      : followPath(linkage, { object, path: field, at: place })?.at(-1)
    const reason = last && obstacleToSort(last)
    if (reason !== undefined)
      linkage.problems.error({
        at: place,
        code: 'sort',
        message: `${reason}.`,
        remedy: 'Sort by another field.',
      })
    return { field, direction }
  })
}

function linkTotals(linkage: Linkage, { at, object, document }: Source): ViewModel['totals'] {
  const totals = (document.totals ?? {}) as ViewModel['totals']
  for (const path of Object.keys(totals))
    checkSummable(linkage, { object, path, at: inside(at, 'totals', path) })
  if (document.type === 'board' && document.totals !== undefined)
    linkage.problems.error({
      at: inside(at, 'totals'),
      code: 'board',
      message: 'A board has no foot for totals.',
      remedy: 'Use "sum".',
    })
  return totals
}

function checkSummable(
  linkage: Linkage,
  { object, path, at }: { object: string; path: string; at: Address },
): void {
  const last = followPath(linkage, { object, path, at })?.at(-1)
  if (last !== undefined && !isSummable(last))
    linkage.problems.error({
      at,
      code: 'total',
      message: `"${path}" is of type ${last.type.name} and cannot be added up.`,
      remedy: 'Choose a field of numbers or money.',
    })
}

function linkBoard(linkage: Linkage, { at, object, document }: Source): Pick<ViewModel, 'columnsBy' | 'sum'> {
  const [columnsBy, sum] = [document.columns_by, document.sum] as (string | undefined)[]
  const fault = (option: string, message: string, remedy: string) =>
    linkage.problems.error({ at: inside(at, option), code: 'board', message, remedy })
  if (document.type !== 'board') {
    for (const option of ['columns_by', 'sum'])
      if (document[option] !== undefined)
        fault(option, `A list does not use "${option}".`, 'Remove it, or make the view a board.')
    return { columnsBy: undefined, sum: undefined }
  }
  if (columnsBy === undefined)
    fault(
      'columns_by',
      'A board needs a field for its columns.',
      'Add "columns_by" with a state or choice field.',
    )
  const field =
    columnsBy === undefined
      ? undefined
      : followPath(linkage, { object, path: columnsBy, at: inside(at, 'columns_by') })?.at(-1)
  if (field !== undefined && field.type.name !== 'state' && field.type.name !== 'choice')
    fault(
      'columns_by',
      `"${field.name}" is of type ${field.type.name}.`,
      'Choose a field of type state or choice.',
    )
  if (sum !== undefined) checkSummable(linkage, { object, path: sum, at: inside(at, 'sum') })
  return { columnsBy, sum }
}
