import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { LineChange, LineChanges, RowAt } from '../write/line-changes.ts'
import { changesAsSeen, type Changes } from './changes-as-seen.ts'
import { SelectList } from './columns.ts'
import { addTree } from './list.ts'
import { runStatement } from './run.ts'
import { isVisible, selectionTree } from './selection.ts'
import { compiledOnce, readRow, type CompiledRead } from './statement-cache.ts'

/** A row of lines in the history of its record. */
export interface RowInHistory {
  readonly id: string
  /** The value of its name field as it is now, removed rows included; null where it may not be seen. */
  readonly name: unknown
  /** What became of a row that was changed. */
  readonly changes?: Changes
}

/** What became of the rows of a lines field. */
export type LinesInHistory = Readonly<Record<LineChange, readonly RowInHistory[]>>

/** By lines field. */
export type LinesOfEntry = Readonly<Record<string, LinesInHistory>>

/**
 * What entries of the history of a record say of its rows, in the same order. Fields of the rows that may not be seen
 * are left out, and rows of which nothing else was changed.
 * @param history the changes as they are stored, lines among them
 */
export async function linesInHistory(
  unit: UnitOfWork,
  object: ObjectModel,
  history: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly LinesOfEntry[]> {
  const stored = history.map((changes) => storedLines(unit, object, changes))
  const known = new Map(
    await Promise.all(
      [...Map.groupBy(stored.flat(), ({ line }) => line)].map(
        async ([line, of]) => [line, await knownRows(unit, line, of)] as const,
      ),
    ),
  )
  return stored.map((lines) =>
    Object.fromEntries(
      lines.flatMap(({ field, line, written }): [string, LinesInHistory][] => {
        const { names, changes } = known.get(line) as KnownRows
        const named = ({ id }: RowAt): RowInHistory => ({ id, name: names.get(id) ?? null })
        const shown: LinesInHistory = {
          added: (written.added ?? []).map(named),
          changed: (written.changed ?? []).flatMap((row) => {
            const found = changes.get(keyOf(row))
            if (found?.isHidden === true) return []
            return [{ ...named(row), changes: found?.changes ?? {} }]
          }),
          removed: (written.removed ?? []).map(named),
        }
        const isBlank = Object.values(shown).every((rows) => rows.length === 0)
        return isBlank ? [] : [[field.name, shown]]
      }),
    ),
  )
}

interface StoredLines {
  readonly field: FieldModel
  /** The object of the rows. */
  readonly line: ObjectModel
  readonly written: LineChanges
}

function storedLines(
  { model, rights }: UnitOfWork,
  object: ObjectModel,
  changes: Readonly<Record<string, unknown>>,
): readonly StoredLines[] {
  return Object.entries(changes).flatMap(([name, written]) => {
    const field = object.fields.get(name)
    const line = model.objects.get(field?.lines?.object ?? '')
    if (field === undefined || line === undefined || !isVisible(rights, field)) return []
    return rights.object(line.name).read.length === 0
      ? []
      : [{ field, line, written: written as LineChanges }]
  })
}

interface KnownRows {
  readonly names: ReadonlyMap<string, unknown>
  /** By row and version. */
  readonly changes: ReadonlyMap<string, { readonly changes: Changes; readonly isHidden: boolean }>
}

async function knownRows(
  unit: UnitOfWork,
  line: ObjectModel,
  stored: readonly StoredLines[],
): Promise<KnownRows> {
  const rows = stored.flatMap(({ written }) => Object.values(written).flat() as RowAt[])
  const changed = stored.flatMap(({ written }) => written.changed ?? [])
  const [names, changes] = await Promise.all([
    namesOf(unit, line, [...new Set(rows.map(({ id }) => id))]),
    changesOf(unit, line, changed),
  ])
  return { names, changes }
}

/** What the histories of the rows say. Rows without a history are not among them. */
async function changesOf(
  unit: UnitOfWork,
  line: ObjectModel,
  rows: readonly RowAt[],
): Promise<KnownRows['changes']> {
  if (rows.length === 0) return new Map()
  const found = (await unit.sql.unsafe(
    `select c.record as id, c.version, c.changes from unnest($2::uuid[], $3::int[]) as wanted(record, version)
     join _change c on c.object = $1::text and c.record = wanted.record and c.version = wanted.version and c.action <> 'note'`,
    [line.name, rows.map(({ id }) => id), rows.map(({ version }) => version)],
    { prepare: true },
  )) as unknown as (RowAt & { readonly changes: Readonly<Record<string, unknown>> | null })[]
  const seen = await changesAsSeen(
    unit,
    line,
    found.map(({ changes }) => changes ?? {}),
  )
  return new Map(
    found.map((row, at) => {
      const changes = seen[at] ?? {}
      // Of a row whose own rows were changed there is nothing to say but that.
      const isOfRows = storedLines(unit, line, row.changes ?? {}).length > 0
      return [keyOf(row), { changes, isHidden: Object.keys(changes).length === 0 && !isOfRows }]
    }),
  )
}

const keyOf = ({ id, version }: RowAt) => `${id} ${version}`

async function namesOf(
  unit: UnitOfWork,
  line: ObjectModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const nameField = line.fields.get(line.nameField)
  if (nameField === undefined || !isVisible(unit.rights, nameField)) return new Map()
  const shape = JSON.stringify(['names of lines', unit.rights.key, line.name])
  const { statement, readers } = compiledOnce<CompiledRead>(unit.model, shape, () => {
    const builder = new StatementBuilder()
    const list = new SelectList({ ...unit, statement: builder, isGated: true })
    const fields = ['id', nameField.name]
    addTree(list, {
      alias: 't',
      object: line,
      tree: selectionTree({ ...unit, object: line, fields, expand: undefined }),
    })
    const permitted = rowPredicate({
      ...unit,
      object: line.name,
      alias: 't',
      action: 'read',
      statement: builder,
    })
    return {
      statement: builder.build(
        `select ${list.columns.join(', ')} from ${identifier(line.name)} t ${list.joins.join(' ')} ` +
          `where t.id = any(${builder.slot('ids', 'uuid[]')}) and ${permitted}`,
      ),
      readers: list.readers,
    }
  })
  const rows = await runStatement(unit, statement, { ...principalSlots(unit.principal), ids })
  return new Map(
    rows.map((row) => {
      const record = readRow(readers, row)
      return [String(record.id), record[nameField.name] ?? null]
    }),
  )
}
