import type { Model } from '../model/model.ts'
import { expressionUses, pathUses } from './expression-uses.ts'
import type { Use } from './use.ts'

/** Roles, views, pages and apps. */
export function* usesInPeopleKinds(model: Model): Generator<Use> {
  yield* usesInRoles(model)
  yield* usesInViews(model)
  yield* usesInPages(model)
  for (const { name, items } of model.apps.values())
    for (const item of items) yield { target: item.object, by: `apps/${name}/items/${item.name}` }
}

function* usesInRoles(model: Model): Generator<Use> {
  for (const role of model.roles.values()) {
    const declared = (model.documents.role[role.name]?.objects ?? {}) as Readonly<Record<string, unknown>>
    for (const [object, rights] of role.objects) {
      // What `*` grants does not name the object.
      if (!Object.hasOwn(declared, object)) continue
      const by = `roles/${role.name}/objects/${object}`
      yield { target: object, by }
      for (const field of rights.fields.keys())
        if (field !== '*') yield { target: `${object}.${field}`, by: `${by}/fields/${field}` }
      for (const right of ['read', 'update', 'delete'] as const)
        yield* expressionUses(model, {
          expression: rights[right].where,
          roots: { record: object, user: 'user' },
          by: `${by}/${right}/where`,
        })
    }
  }
}

function* usesInViews(model: Model): Generator<Use> {
  for (const { name, object, columns, filter, sort, totals, columnsBy, sum } of model.views.values()) {
    const by = `views/${name}`
    yield { target: object, by }
    yield* expressionUses(model, {
      expression: filter,
      roots: { record: object, user: 'user' },
      by: `${by}/filter`,
    })
    const paths: [string, string][] = [
      ...columns.map((path, at): [string, string] => [path, `columns/${at}`]),
      ...sort.map(({ field }, at): [string, string] => [field, `sort/${at}`]),
      ...Object.keys(totals).map((path): [string, string] => [path, `totals/${path}`]),
    ]
    if (columnsBy !== undefined) paths.push([columnsBy, 'columns_by'])
    if (sum !== undefined) paths.push([sum, 'sum'])
    for (const [path, place] of paths)
      yield* pathUses(model, { object, path: path.split('.'), by: `${by}/${place}` })
  }
}

function* usesInPages(model: Model): Generator<Use> {
  for (const { name, object, facts, sections, related } of model.pages.values()) {
    const by = `pages/${name}`
    const roots = { record: object, user: 'user' }
    yield { target: object, by }
    for (const fact of facts) yield { target: `${object}.${fact}`, by: `${by}/facts` }
    for (const section of sections) {
      const place = `${by}/sections/${section.name}`
      for (const field of section.fields) yield { target: `${object}.${field}`, by: place }
      yield* expressionUses(model, { expression: section.visibleWhen, roots, by: `${place}/visible_when` })
    }
    for (const list of related) {
      const place = `${by}/related/${list.name}`
      yield { target: `${list.object}.${list.through}`, by: place }
      for (const path of list.columns)
        yield* pathUses(model, { object: list.object, path: path.split('.'), by: `${place}/columns` })
      yield* expressionUses(model, { expression: list.visibleWhen, roots, by: `${place}/visible_when` })
    }
  }
}
