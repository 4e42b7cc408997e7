import { explainValue, whereUsed, type Explanation, type Origin } from '../../definitions/index.ts'
import { UsageError, type Command } from '../command.ts'
import { oneTenant, projectOptions, readProject } from '../declared-project.ts'

export const command: Command = {
  usage: 'tessera explain POINTER [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Says which file set a value, what it overrode, and for an object or a field what refers to it.',
    '',
    '  POINTER            such as objects/opportunity/fields/amount',
    '  --project FOLDER   the folder with your declarations (default: here)',
    '  --tenant NAME      the tenant; may be left out where the project declares one alone',
    '  --json             prints the explanation as JSON',
  ].join('\n'),
  options: { ...projectOptions, json: { type: 'boolean', default: false } },
  positionals: ['POINTER'],
  async run({ options, positionals, print }) {
    const [pointer] = positionals
    if (pointer === undefined)
      throw new UsageError('Say what to explain, such as objects/opportunity/fields/amount.')
    const declared = await readProject(options)
    const { layers, model } = declared.load(oneTenant(declared, options.tenant))
    const explanation = explainValue(layers, pointer)
    const target = targetOf(pointer)
    const uses = model === undefined || target === undefined ? undefined : whereUsed(model, target)
    if (options.json === true) print(JSON.stringify({ ...explanation, usedBy: uses ?? null }, null, 2))
    else [...linesOf(explanation), ...usesOf(uses)].forEach(print)
    return 0
  },
}

/** One line for each single value, and one for each that it overrode. */
function linesOf({ pointer, value, setBy, others, parts }: Explanation): string[] {
  if (parts.length > 0) return [`${pointer} declared by ${describe(setBy)}`, ...parts.flatMap(linesOf)]
  const overridden = others.map((origin) => `    instead of ${text(origin.value)} of ${describe(origin)}`)
  return [`${pointer} = ${text(value)} (${describe(setBy)})`, ...overridden]
}

function describe({ package: name, place }: Origin): string {
  return `${name}, ${place.file}:${place.line}`
}

function text(value: unknown): string {
  return JSON.stringify(value)
}

/** `account` or `account.name` of a pointer to an object or a field. */
function targetOf(pointer: string): string | undefined {
  const [kind, object, property, field, ...rest] = pointer.replace(/^\//, '').split('/')
  if ((kind !== 'objects' && kind !== 'object') || object === undefined || rest.length > 0) return undefined
  if (property === undefined) return object
  return property === 'fields' && field !== undefined ? `${object}.${field}` : undefined
}

function usesOf(uses: readonly string[] | undefined): string[] {
  if (uses === undefined) return []
  return uses.length === 0 ? ['Used by nothing.'] : ['Used by:', ...uses.map((by) => `    ${by}`)]
}
