import type { AppModel, PageModel, ViewModel } from '../../definitions/model/model.ts'
import type { AppMeta, PageMeta, ViewMeta } from '../contract/types.ts'
import { given } from './given.ts'
import type { Visibility } from './visibility.ts'

/** A view with the columns that may be seen; none where its filter or its board needs more than that. */
export function viewMeta(visibility: Visibility, view: ViewModel): ViewMeta | undefined {
  const { object, columnsBy, sum } = view
  const isSeen = (path: string) => visibility.isPath(object, path)
  if (visibility.rights.object(object).read.length === 0) return undefined
  const filter = visibility.text(object, view.filter)
  if (view.filter !== undefined && filter === undefined) return undefined
  if (columnsBy !== undefined && !isSeen(columnsBy)) return undefined
  const columns = view.columns.filter((path) => visibility.isShown(object, path))
  if (columns.length === 0) return undefined
  return given({
    name: view.name,
    object,
    label: view.label,
    type: view.type,
    columns,
    filter,
    sort: view.sort.filter(({ field }) => isSeen(field)).map((key) => ({ ...key })),
    totals: Object.fromEntries(Object.entries(view.totals).filter(([field]) => isSeen(field))),
    columns_by: columnsBy,
    sum: sum !== undefined && isSeen(sum) ? sum : undefined,
  }) as ViewMeta
}

/** A page with the sections, facts and related lists of which something may be seen. */
export function pageMeta(visibility: Visibility, page: PageModel): PageMeta {
  const { object } = page
  const isShown = (path: string) => visibility.isShown(object, path)
  return {
    facts: page.facts.filter(isShown),
    sections: page.sections
      .map(({ name, label, columns, fields, visibleWhen }) =>
        given({
          name,
          label,
          columns,
          fields: fields.filter(isShown),
          visible_when: visibility.text(object, visibleWhen),
        }),
      )
      .filter((section) => section.fields.length > 0),
    related: page.related
      .map(({ name, label, object: other, through, columns, visibleWhen }) =>
        given({
          name,
          label,
          object: other,
          through,
          columns: columns.filter((column) => visibility.isShown(other, column)),
          visible_when: visibility.text(object, visibleWhen),
        }),
      )
      .filter(
        (list) =>
          visibility.rights.object(list.object).read.length > 0 &&
          visibility.isPath(list.object, list.through) &&
          list.columns.length > 0,
      ),
  }
}

/** An app with the entries whose objects may be read; none where that leaves nothing. */
export function appMeta(
  visibility: Visibility,
  app: AppModel,
  views: ReadonlySet<string>,
): AppMeta | undefined {
  if (!visibility.isForRoles(app.roles)) return undefined
  const items = app.items
    .filter(({ object }) => visibility.rights.object(object).read.length > 0)
    .map(({ name, object, view, label }) =>
      given({ name, object, view: view !== undefined && views.has(view) ? view : undefined, label }),
    )
  return items.length === 0 ? undefined : given({ name: app.name, label: app.label, icon: app.icon, items })
}
