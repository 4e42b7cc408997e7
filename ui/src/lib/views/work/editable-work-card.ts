import '#lib/domain/fields/editors.ts'

/** The card of a work item with all that its form is filled in with: fetched where there is work. */
export { default as WorkCard } from '#lib/domain/work/WorkCard.svelte'
