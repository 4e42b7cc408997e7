import { invalid } from '../access/errors.ts'
import type { BeforeWriteHook, Plugin, PluginContext, Write } from './plugin.ts'

export type { BeforeWriteHook, Plugin, PluginAction, PluginContext, Write } from './plugin.ts'
export {
  accept,
  refuse,
  type FieldContext,
  type FieldType,
  type ValueCheck,
} from '../definitions/field-types/field-type.ts'
export { text as textType } from '../definitions/field-types/text.ts'

/** Declares a plugin: the default export of `plugins/<name>/index.ts`. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin
}

/**
 * A hook that sees every record of an object before it is written, whoever writes it. What it gives back is merged
 * into the record and checked like anything else; nothing means no change. It runs inside the transaction, so it must
 * be quick and must not reach outside.
 */
export function beforeWrite<R>(
  object: string,
  run: (write: Write<R>, context: PluginContext) => Partial<R> | undefined | Promise<Partial<R> | undefined>,
): BeforeWriteHook {
  return { object, run: run as BeforeWriteHook['run'] }
}

/** Refuses the write with a message at a field. */
export function refuseWrite(field: string, message: string): never {
  throw invalid([{ field, code: 'plugin', message }])
}
