/** The choice set whose choices are the tags of states. */
export const STATE_TAG_CHOICE_SET = 'state_tag'

/** The tags that a declared state has itself, as they are declared one after the other. */
export function declaredTags({ tags = {} }: Readonly<Record<string, unknown>>): readonly string[] {
  const declared = tags as Readonly<Record<string, boolean>>
  return Object.keys(declared).filter((tag) => declared[tag] === true)
}
