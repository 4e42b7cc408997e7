import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from './plugin.ts'

/**
 * Loads the plugins of a project: the default export of each `plugins/<folder>/index.ts`, in order of name.
 * @throws Error naming the file where one does not load or is not a plugin
 */
export async function loadPlugins(projectFolder: string): Promise<readonly Plugin[]> {
  const folder = join(projectFolder, 'plugins')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name, 'index.ts'))
    .filter((file) => existsSync(file))
    .sort()
  return Promise.all(files.map(loadPlugin))
}

async function loadPlugin(file: string): Promise<Plugin> {
  const loaded = (await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new Error(
      `The plugin ${file} does not load: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  })) as { default?: Plugin }
  const plugin = loaded.default
  if (typeof plugin?.name !== 'string' || !/^[a-z][a-z0-9_]*$/.test(plugin.name))
    throw new Error(
      `${file} has no plugin as its default export; use definePlugin({ name: 'snake_case', ... }).`,
    )
  const strange = plugin.fieldTypes?.find(
    (type) => type.name !== plugin.name && !type.name.startsWith(`${plugin.name}_`),
  )
  if (strange !== undefined)
    throw new Error(
      `The field type "${strange.name}" of ${file} must be called "${plugin.name}" or begin with "${plugin.name}_".`,
    )
  return plugin
}
