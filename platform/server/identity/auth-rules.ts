/** Where the routes of better-auth are mounted. */
export const authPath = '/api/auth'

export const shortestPassword = 10
export const longestPassword = 128
