import type { ChoiceModel, ChoiceSetModel, LocalText } from '../model/model.ts'
import { ROLES_CHOICE_SET } from '../builtin/documents.ts'
import { labelOf } from './names.ts'
import { inOrder } from './order.ts'

type Declared = Readonly<
  Record<string, { label?: LocalText; colour?: string; order?: number; retired?: boolean }>
>

/** The declared choices in display order. */
export function linkChoices(declared: Declared): ReadonlyMap<string, ChoiceModel> {
  return new Map(
    inOrder(declared).map(([value, { label, colour, retired = false }]) => [
      value,
      { value, label: label ?? labelOf(value), colour, isRetired: retired },
    ]),
  )
}

/** All choice sets, with the one that the tenant's roles make up. */
export function linkChoiceSets(
  documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  roles: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Map<string, ChoiceSetModel> {
  const sets = new Map<string, ChoiceSetModel>()
  for (const [name, document] of Object.entries(documents))
    sets.set(name, {
      name,
      label: document.label as LocalText | undefined,
      choices: linkChoices(document.choices as Declared),
    })
  const ofRoles = Object.fromEntries(
    Object.entries(roles).map(([name, { label }]) => [name, { label: label as LocalText }]),
  )
  sets.set(ROLES_CHOICE_SET, { name: ROLES_CHOICE_SET, label: undefined, choices: linkChoices(ofRoles) })
  return sets
}
