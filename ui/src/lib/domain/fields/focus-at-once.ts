import type { Attachment } from 'svelte/attachments'

/** Focuses an input that has just taken the place of a shown value, and selects its text. */
export function focusAtOnce(atOnce: boolean): Attachment<HTMLInputElement | HTMLTextAreaElement> {
  return (input) => {
    if (!atOnce) return
    input.focus()
    input.select()
  }
}
