import type { MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** The pages of the administration, in order. */
export const administrationPlaces = [
  { name: 'people', path: '/administration/people' },
  { name: 'roles', path: '/administration/roles' },
  { name: 'access', path: '/administration/access' },
  { name: 'teams', path: '/administration/teams' },
  { name: 'keys', path: '/administration/keys' },
  { name: 'sign_ins', path: '/administration/sign-ins' },
] as const satisfies readonly { name: string; path: string }[]

export type AdministrationPlace = (typeof administrationPlaces)[number]['name']

export function placeTitle(name: AdministrationPlace): MessageKey {
  return `administration.${name}`
}
