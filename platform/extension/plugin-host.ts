import { TesseraError } from '../access/errors.ts'
import type { PluginVocabulary } from '../definitions/index.ts'
import type { ProcessPorts } from '../processes/index.ts'
import {
  actingAs,
  getRecord,
  listRecords,
  type RecordPorts,
  type RecordValues,
  type UnitOfWork,
} from '../records/index.ts'
import type { BeforeWriteHook, Plugin, PluginAction, PluginContext } from './plugin.ts'

/** The plugins at work: what they add to the vocabulary, and the ports through which they are called. */
export interface PluginHost {
  readonly vocabulary: PluginVocabulary
  readonly beforeWrite: NonNullable<RecordPorts['beforeWrite']>
  readonly callAction: NonNullable<ProcessPorts['callAction']>
}

/** @throws Error where two plugins bear one name */
export function pluginHost(plugins: readonly Plugin[]): PluginHost {
  const names = plugins.map((plugin) => plugin.name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`Two plugins are called "${twice}"; rename one of them.`)
  const actions = new Map(
    plugins.flatMap((plugin) =>
      Object.entries(plugin.actions ?? {}).map(
        ([name, run]): [string, { run: PluginAction; plugin: Plugin }] => [
          `${plugin.name}.${name}`,
          { run, plugin },
        ],
      ),
    ),
  )
  const hooks = Map.groupBy(
    plugins.flatMap((plugin) => (plugin.hooks ?? []).map((hook: BeforeWriteHook) => ({ ...hook, plugin }))),
    (hook) => hook.object,
  )
  return {
    vocabulary: {
      fieldTypes: plugins.flatMap((plugin) => plugin.fieldTypes ?? []),
      actions: [...actions.keys()],
    },
    async beforeWrite(unit, { action, object, id, before, values }) {
      let current = values
      for (const hook of hooks.get(object.name) ?? []) {
        const changed = await hook.run({ action, id, before, values: current }, contextOf(unit, hook.plugin))
        if (changed !== undefined && changed !== null) current = { ...current, ...(changed as RecordValues) }
      }
      return current
    },
    async callAction(unit, { action, values, object, record }) {
      const found = actions.get(action)
      if (found === undefined)
        throw new TesseraError('unavailable', `The process calls "${action}", but no plugin provides it now.`)
      return found.run({ values, object, record }, contextOf(unit, found.plugin))
    },
  }
}

function contextOf(unit: UnitOfWork, plugin: Plugin): PluginContext {
  const acting = actingPlugin(unit, plugin)
  return {
    userId: unit.principal.userId,
    roles: unit.principal.roles,
    now: unit.moment.now,
    get: (request) => getRecord(acting, request),
    list: (request) => listRecords(acting, request),
  }
}

/** The plugin as a principal of its own, where it declares a role; never around the rules. */
function actingPlugin(unit: UnitOfWork, { name, runAs }: Plugin): UnitOfWork {
  if (runAs === undefined) return unit
  if (!unit.model.roles.has(runAs))
    throw new TesseraError(
      'unavailable',
      `The plugin "${name}" runs as the role "${runAs}", which is not declared.`,
    )
  const { scopes: _, ...principal } = unit.principal
  return actingAs(unit, { ...principal, kind: 'plugin', roles: [runAs] })
}
