import type { AppDocument } from '../documents.generated.ts'
import type { AppModel, LocalText, ViewModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { checkObject } from './look-up.ts'
import type { Linkage } from './linkage.ts'
import { inOrder } from './order.ts'
import { checkRoles } from './roles.ts'

type Document = Readonly<Record<string, unknown>>

type DeclaredItem = AppDocument['items'][string]

/** An app: its entries in order, and who sees it. */
export function linkApp(
  linkage: Linkage,
  { name, document, views }: { name: string; document: Document; views: ReadonlyMap<string, ViewModel> },
): AppModel {
  const at: Address = { kind: 'app', name, path: [] }
  const items = inOrder((document as unknown as AppDocument).items).flatMap(([item, declared]) => {
    const place = inside(at, 'items', item)
    if (!checkObject(linkage, declared.object, inside(place, 'object'))) return []
    if (declared.view !== undefined) checkView(linkage, { declared, views, at: inside(place, 'view') })
    const label = declared.label ?? linkage.objects.get(declared.object)?.plural ?? declared.object
    return [{ name: item, object: declared.object, view: declared.view, label }]
  })
  return {
    name,
    label: document.label as LocalText,
    icon: document.icon as string | undefined,
    roles: checkRoles(linkage, document.roles as Record<string, boolean> | undefined, inside(at, 'roles')),
    items,
  }
}

function checkView(
  linkage: Linkage,
  { declared, views, at }: { declared: DeclaredItem; views: ReadonlyMap<string, ViewModel>; at: Address },
): void {
  const view = views.get(declared.view as string)
  if (view?.object === declared.object) return
  const fitting = [...views.values()]
    .filter(({ object }) => object === declared.object)
    .map(({ name }) => name)
  const message =
    view === undefined
      ? `There is no view "${declared.view}".`
      : `The view "${view.name}" lists "${view.object}", not "${declared.object}".`
  linkage.problems.error({
    at,
    code: 'unknown_view',
    message,
    remedy: suggest(declared.view as string, fitting, `Views of "${declared.object}"`),
  })
}
