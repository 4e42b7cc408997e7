import { checkScope, outOfScope } from '../../access/scopes.ts'
import type { WorkOptions } from '../../records/index.ts'

/** What a key with scopes of single objects may look at: all of it shows only what the limited rights let be seen. */
const readable = new Set([
  'records',
  'search',
  'meta',
  'openapi.json',
  'docs',
  'session',
  'changes',
  'imports',
  'work-items',
])

/** Where such a key may change something; each looks at the object once more. */
const writable = new Set(['records', 'imports', 'work-items'])

/**
 * Whether the scopes of a key reach to a path of the API. What they let be seen there, the rights say.
 * @throws TesseraError forbidden, with the scope that it takes
 */
export function checkKeyScopes(
  { path, isChange }: { path: string; isChange: boolean },
  { model, principal }: Pick<WorkOptions, 'model' | 'principal'>,
): void {
  const { scopes } = principal
  if (scopes === undefined || scopes.includes('write')) return
  const [area = '', object] = path.split('/').slice(2)
  const action = isChange ? 'write' : 'read'
  if (area === 'records' && object !== undefined)
    return checkScope(model, scopes, { object: decodeURIComponent(object), action })
  const isOpen = isChange
    ? writable.has(area) && scopes.some((scope) => scope.endsWith(':write'))
    : scopes.includes('read') || readable.has(area)
  if (!isOpen) throw outOfScope(scopes, `"${action}"`)
}
