import type { LocalText, Model } from '../../definitions/model/model.ts'
import { STATE_TAG_CHOICE_SET } from '../../definitions/model/state-tags.ts'

export interface StateTag {
  readonly value: string
  readonly label: LocalText
  readonly colour?: string
}

/** Tags as people read them, in the order of their choice set; one of an earlier version that is not there any more by its name. */
export function describeTags({ choiceSets }: Pick<Model, 'choiceSets'>, tags: Iterable<string>): StateTag[] {
  const left = new Set(tags)
  const known = [...(choiceSets.get(STATE_TAG_CHOICE_SET)?.choices.values() ?? [])]
    .filter(({ value }) => left.delete(value))
    .map(({ value, label, colour }) => ({ value, label, ...(colour === undefined ? {} : { colour }) }))
  return [...known, ...[...left].map((value) => ({ value, label: value }))]
}
