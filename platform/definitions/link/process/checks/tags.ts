import { inside } from '../../../model/problem-list.ts'
import { STATE_TAG_CHOICE_SET } from '../../../model/state-tags.ts'
import { suggest } from '../../../nearest.ts'
import { withDescendants } from '../state-node.ts'
import type { MachineCheck } from './machine-check.ts'

/** Tags are choices of their choice set, so that they are spelled alike and have labels in all processes. */
export function checkTags({ linkage, process }: MachineCheck): void {
  const known = linkage.choiceSets.get(STATE_TAG_CHOICE_SET)?.choices
  for (const node of withDescendants(process.root))
    for (const tag of Object.keys((node.config.tags ?? {}) as object)) {
      const choice = known?.get(tag)
      const at = { ...inside(node.at, 'tags', tag), isKey: true }
      if (choice === undefined)
        linkage.problems.error({
          at,
          code: 'unknown_tag',
          message: `There is no tag "${tag}".`,
          remedy:
            known === undefined
              ? `Declare the choice set "${STATE_TAG_CHOICE_SET}" with the choice "${tag}".`
              : suggest(tag, known.keys(), `Choices of "${STATE_TAG_CHOICE_SET}"`),
        })
      else if (choice.isRetired)
        linkage.problems.warning({
          at,
          code: 'retired_tag',
          message: `The tag "${tag}" is retired.`,
          remedy: 'Use another one, or take "retired" away from the choice.',
        })
    }
}
