import type { Clause, Literal } from './clause.ts'

/** The expression of a filter: all clauses must hold. Empty text for no clause. */
export function writeFilter(clauses: readonly Clause[]): string {
  if (clauses.length === 1 && clauses[0]?.kind === 'expression') return clauses[0].text
  return clauses
    .map((clause) => (clause.kind === 'expression' ? bracket(clause.text) : writeClause(clause)))
    .join(' && ')
}

/** Two filters that must both hold; either may be missing. */
export function bothFilters(first: string | undefined, second: string | undefined): string | undefined {
  if (!first) return second || undefined
  if (!second) return first
  return `(${first}) && (${second})`
}

export function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
  return `'${escaped}'`
}

function writeClause({ path, operator, values }: Extract<Clause, { kind: 'field' }>): string {
  const place = `record.${path}`
  const [first = '', second = ''] = values.map(writeLiteral)
  const isText = values[0]?.type === 'text'
  switch (operator) {
    case 'equals':
      return `${place} == ${first}`
    case 'not_equals':
      return `${place} != ${first}`
    case 'less':
      return `${place} < ${first}`
    case 'greater':
      return `${place} > ${first}`
    case 'between':
      return `${place} >= ${first} && ${place} <= ${second}`
    case 'contains':
      return isText && values.length === 1
        ? `${place}.lower().contains(${first.toLowerCase()})`
        : `${first} in ${place}`
    case 'starts_with':
      return `${place}.startsWith(${first})`
    case 'in':
      return `${place} in [${values.map(writeLiteral).join(', ')}]`
    case 'blank':
      return `${place} == null`
    case 'not_blank':
      return `${place} != null`
  }
}

function writeLiteral(literal: Literal): string {
  switch (literal.type) {
    case 'text':
      return quote(literal.value)
    case 'number':
      return literal.value
    case 'boolean':
      return String(literal.value)
    case 'date':
      return `date(${quote(literal.value)})`
    case 'datetime':
      return `datetime(${quote(literal.value)})`
  }
}

function bracket(text: string): string {
  return `(${text})`
}
