import type { ExprType } from './types.ts'

/** The types without parameters, and makers for the others. */
export const expressionTypes = {
  bool: { kind: 'bool' },
  int: { kind: 'int' },
  decimal: { kind: 'decimal' },
  string: { kind: 'string' },
  money: { kind: 'money' },
  date: { kind: 'date' },
  datetime: { kind: 'datetime' },
  duration: { kind: 'duration' },
  null: { kind: 'null' },
  dyn: { kind: 'dyn' },
  list: (of: ExprType): ExprType => ({ kind: 'list', of }),
  map: (of: ExprType): ExprType => ({ kind: 'map', of }),
  record: (object: string): ExprType => ({ kind: 'record', object }),
  struct: (fields: Readonly<Record<string, ExprType>>): ExprType => ({ kind: 'struct', fields }),
} as const

/** The name of a type as messages and documentation show it: `decimal`, `list(string)`, `account record`. */
export function describeType(type: ExprType): string {
  switch (type.kind) {
    case 'list':
    case 'map':
      return `${type.kind}(${describeType(type.of)})`
    case 'record':
      return `${type.object} record`
    case 'struct':
      return `{${Object.keys(type.fields).join(', ')}}`
    case 'null':
      return 'blank'
    default:
      return type.kind
  }
}

export function isSameType(a: ExprType, b: ExprType): boolean {
  if (a.kind !== b.kind) return false
  if ((a.kind === 'list' || a.kind === 'map') && 'of' in b) return isSameType(a.of, b.of)
  if (a.kind === 'record' && b.kind === 'record') return a.object === b.object
  return a.kind !== 'struct' || a === b
}

/** Whether a value of one type can stand where another is needed: blanks and dyn anywhere, int as decimal. */
export function isAssignable(from: ExprType, to: ExprType): boolean {
  if (from.kind === 'null' || from.kind === 'dyn' || to.kind === 'dyn') return true
  if (from.kind === 'int' && to.kind === 'decimal') return true
  if ((from.kind === 'list' || from.kind === 'map') && from.kind === to.kind) {
    return isAssignable(from.of, to.of)
  }
  return isSameType(from, to)
}

/** The type that holds both, where there is one short of dyn. */
export function commonType(a: ExprType, b: ExprType): ExprType | undefined {
  if (a.kind === 'dyn' || b.kind === 'dyn') return expressionTypes.dyn
  if (isAssignable(a, b)) return b
  if (isAssignable(b, a)) return a
  return undefined
}
