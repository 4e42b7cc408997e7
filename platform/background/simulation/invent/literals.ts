/** The texts and numbers that an expression names, as they are written, without the quotes of texts. */
export function literalsOf(expression: string): readonly string[] {
  const quoted = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g
  const texts = [...expression.matchAll(quoted)].map(([, single, double]) => single ?? double ?? '')
  const numbers = expression.replace(quoted, ' ').match(/(?<![\w.])\d+(?:\.\d+)?/g) ?? []
  return [...new Set([...texts, ...numbers])]
}
