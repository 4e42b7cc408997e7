import type { EffectiveRights } from '../../access/rights.ts'
import type { Model } from '../../definitions/model/model.ts'
import type { Meta } from '../contract/types.ts'
import { appMeta, pageMeta, viewMeta } from './layout-meta.ts'
import { objectMeta } from './object-meta.ts'
import { processMeta } from './process-meta.ts'
import { visibilityOf } from './visibility.ts'

/**
 * What the holders of the rights may know of the declarations: the whole interface is drawn from it. What is not
 * granted is absent, names included.
 */
export function buildMeta(model: Model, rights: EffectiveRights): Meta {
  const visibility = visibilityOf(model, rights)
  const objects = [...model.objects.values()].filter(({ name }) => visibility.isObject(name))
  const views = [...model.views.values()].flatMap((view) => viewMeta(visibility, view) ?? [])
  const viewNames = new Set(views.map(({ name }) => name))
  const isReadable = (object: string) => rights.object(object).read.length > 0
  return {
    ...(model.queues.size > 0 ? { has_queues: true } : {}),
    hash: model.hash,
    currency: model.settings.currency,
    objects: Object.fromEntries(objects.map((object) => [object.name, objectMeta(visibility, object)])),
    views,
    pages: Object.fromEntries(
      [...model.pages.values()]
        .filter(({ object }) => visibility.isObject(object))
        .map((page) => [page.object, pageMeta(visibility, page)]),
    ),
    apps: [...model.apps.values()].flatMap((app) => appMeta(visibility, app, viewNames) ?? []),
    processes: Object.fromEntries(
      [...model.processes.values()]
        .filter(
          ({ object, stateField }) =>
            isReadable(object) &&
            (stateField === undefined || rights.object(object).field(stateField) !== 'hidden'),
        )
        .map((process) => [process.name, processMeta(visibility, process)]),
    ),
  }
}
