/** Quotes a name as an SQL identifier. Names come from checked declarations; quoting is the second wall. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
