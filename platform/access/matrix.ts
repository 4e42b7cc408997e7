import type { Model, RecordRight } from '../definitions/model/model.ts'

/** What one role may do with one object, as it is declared. */
export interface MatrixRow {
  readonly role: string
  readonly object: string
  /** Of lines the fields alone are declared: records come, are seen and go with the record that they belong to. */
  readonly is_line: boolean
  readonly create: boolean
  readonly read: string
  readonly update: string
  readonly delete: string
  /** Fields that are hidden, read only or masked, by name; the others may be read and written. */
  readonly fields: Readonly<Record<string, string>>
}

export interface RoleFeatures {
  readonly role: string
  readonly portal: boolean
  readonly features: readonly string[]
}

export interface SharingRow {
  readonly object: string
  readonly rule: string
  readonly roles: readonly string[]
  readonly where: string
  readonly access: string
}

/** Every right of every role, in order of names: what there is to review. What is not in it is denied. */
export interface AccessMatrix {
  readonly roles: readonly RoleFeatures[]
  readonly rights: readonly MatrixRow[]
  readonly rules: readonly SharingRow[]
  /** Objects whose records whoever may change them may share. */
  readonly by_hand: readonly string[]
}

/** The role × object × right matrix of a Model. Lines follow their record and stand in it only where a role names them. */
export function accessMatrix(model: Model): AccessMatrix {
  const roles = [...model.roles.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const objects = [...model.objects.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return {
    roles: roles.map(({ name, isPortal, features }) => ({
      role: name,
      portal: isPortal,
      features: [...features].sort(),
    })),
    rights: roles.flatMap((role) =>
      objects.flatMap((object): MatrixRow[] => {
        const rights = role.objects.get(object.name)
        if (rights === undefined || (object.parent !== undefined && !role.named.has(object.name))) return []
        const { create, read, update, fields } = rights
        return [
          {
            role: role.name,
            object: object.name,
            is_line: object.parent !== undefined,
            create,
            read: textOf(read),
            update: textOf(update),
            delete: textOf(rights.delete),
            fields: Object.fromEntries(
              [...fields]
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([field, right]) => [field, fieldText(right)]),
            ),
          },
        ]
      }),
    ),
    rules: objects.flatMap(({ name, sharing }) =>
      sharing.rules.map((rule) => ({
        object: name,
        rule: rule.name,
        roles: [...rule.roles].sort(),
        where: rule.where.text,
        access: rule.access,
      })),
    ),
    by_hand: objects.filter(({ sharing }) => sharing.byHand).map(({ name }) => name),
  }
}

function textOf({ level, where }: RecordRight): string {
  return where === undefined ? level : `${level} where ${where.text}`
}

function fieldText(right: 'hidden' | 'read' | 'write' | { first: number; last: number }): string {
  if (typeof right === 'string') return right
  const parts = [right.first > 0 && `first ${right.first}`, right.last > 0 && `last ${right.last}`]
  return `mask: ${parts.filter(Boolean).join(', ')}`
}

/** The matrix as Markdown, for a file that is kept beside the declarations and read when they change. */
export function matrixText(matrix: AccessMatrix): string {
  const head = ['role', 'object', 'create', 'read', 'update', 'delete', 'fields']
  const rows = matrix.rights.map((row) => [
    row.role,
    row.object,
    ...(row.is_line
      ? ['with its record', '', '', '']
      : [row.create ? 'yes' : 'no', row.read, row.update, row.delete]),
    Object.entries(row.fields)
      .map(([field, right]) => `${field}: ${right}`)
      .join('; '),
  ])
  const lines = [
    '# Access matrix',
    '',
    'Written by `tessera access matrix --write`. What is not in it is denied.',
    '',
    '## Rights',
    '',
    ...table(head, rows),
    '',
    '## Features',
    '',
    ...table(
      ['role', 'portal', 'features'],
      matrix.roles.map(({ role, portal, features }) => [role, portal ? 'yes' : 'no', features.join(', ')]),
    ),
    '',
    '## Sharing',
    '',
    ...table(
      ['object', 'rule', 'roles', 'where', 'access'],
      matrix.rules.map(({ object, rule, roles, where, access }) => [
        object,
        rule,
        roles.join(', '),
        where,
        access,
      ]),
    ),
    '',
    `Shared by hand: ${matrix.by_hand.join(', ') || 'nothing'}.`,
    '',
  ]
  return lines.join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
