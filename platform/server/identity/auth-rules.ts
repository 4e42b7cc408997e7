/** Where the routes of better-auth are mounted. */
export const authPath = '/api/auth'

/** Unless the installation asks for more (TESSERA_PASSWORD_LENGTH). */
export const defaultShortestPassword = 10
export const longestPassword = 128
