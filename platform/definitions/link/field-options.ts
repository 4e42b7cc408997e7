import { RE2JS } from 're2js'
import type { FieldModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import type { Linkage } from './linkage.ts'

const withoutDefault: ReadonlySet<string> = new Set(['formula', 'rollup', 'sequence', 'state', 'lines'])

type AddFault = (option: string, message: string, remedy: string) => void

/** Refuses options of a field that cannot hold together. */
export function checkFieldOptions(linkage: Linkage, field: FieldModel, at: Address): void {
  const { declaration } = field.context
  const fault: AddFault = (option, message, remedy) =>
    linkage.problems.error({ at: inside(at, option), code: 'impossible_option', message, remedy })
  checkLimits(declaration, fault)
  checkPattern(declaration, fault)
  checkRequired(field, fault)
  checkDefault(field, fault)
}

function checkLimits(declaration: Readonly<Record<string, unknown>>, fault: AddFault): void {
  const {
    minimum,
    maximum,
    min_length: shortest,
    max_length: longest,
  } = declaration as Record<string, number | undefined>
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    fault(
      'minimum',
      `The minimum ${minimum} is above the maximum ${maximum}; no value would do.`,
      'Lower the minimum.',
    )
  if (shortest !== undefined && shortest > (longest ?? 255))
    fault(
      'min_length',
      `min_length ${shortest} is above max_length ${longest ?? 255}; no value would do.`,
      'Lower min_length.',
    )
}

function checkPattern({ pattern }: Readonly<Record<string, unknown>>, fault: AddFault): void {
  if (typeof pattern !== 'string') return
  try {
    RE2JS.compile(pattern)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    fault(
      'pattern',
      `The pattern is not a regular expression of RE2: ${reason}.`,
      'RE2 has no look-around and no back-references.',
    )
  }
}

function checkRequired(field: FieldModel, fault: AddFault): void {
  const { declaration, choices } = field.context
  for (const option of ['required', 'required_when'])
    if (declaration[option] && field.type.storage === 'computed')
      fault(option, `A ${field.type.name} cannot be required: nobody fills it in.`, `Remove "${option}".`)
  if (field.isRequired && field.reference?.onDelete === 'clear')
    fault(
      'on_delete',
      'A required reference cannot be cleared when its record is deleted.',
      'Use "restrict" or "cascade".',
    )
  if (field.isRequired && choices !== undefined && choices.size === 0)
    fault('required', 'The field is required and has no choices; no record could be saved.', 'Add choices.')
}

function checkDefault(field: FieldModel, fault: AddFault): void {
  const { declaration } = field.context
  for (const option of ['default', 'default_expression'])
    if (declaration[option] !== undefined && withoutDefault.has(field.type.name))
      fault(option, `A field of type ${field.type.name} takes no default.`, `Remove "${option}".`)
  if (declaration.default === undefined) return
  if (declaration.default_expression !== undefined)
    fault('default_expression', 'The field has a default and a default_expression.', 'Keep one of them.')
  if (declaration.default === null || withoutDefault.has(field.type.name)) return
  const checked = field.type.check(declaration.default, field.context)
  if (!checked.ok) fault('default', `The default ${checked.message}.`, 'Give a value that the field accepts.')
  const retired = [declaration.default].flat().find((value) => field.choices?.get(String(value))?.isRetired)
  if (retired !== undefined)
    fault('default', `The default "${String(retired)}" is a retired choice.`, 'Choose one that is in use.')
}
