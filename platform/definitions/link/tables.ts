import type { Linkage } from './linkage.ts'

/** Two objects may not say that they were formerly the same, and no join table may bear an object's name. */
export function checkTables(linkage: Linkage): void {
  const claimed = new Map<string, string>()
  for (const { name, formerly, fields } of linkage.objects.values()) {
    for (const { joinTable, name: field } of fields.values())
      if (joinTable !== undefined && linkage.objects.has(joinTable))
        linkage.problems.error({
          at: { kind: 'object', name, path: ['fields', field], isKey: true },
          code: 'table_collision',
          message: `"${name}.${field}" needs the table "${joinTable}", which is the name of an object.`,
          remedy: 'Rename one of them.',
        })
    if (formerly === undefined) continue
    const other = linkage.objects.has(formerly) ? formerly : claimed.get(formerly)
    if (other !== undefined)
      linkage.problems.error({
        at: { kind: 'object', name, path: ['formerly'] },
        code: 'rename_collision',
        message:
          other === formerly
            ? `"${name}" was formerly "${formerly}", which is still declared.`
            : `"${name}" and "${other}" both say that they were formerly "${formerly}".`,
        remedy: 'Remove one of the two.',
      })
    claimed.set(formerly, name)
  }
}
