import { randomBytes } from 'node:crypto'

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/** @throws when the text cannot be the name of a tenant */
export function checkTenantName(name: string): void {
  if (NAME.test(name)) return
  throw new Error(
    `"${name}" cannot be the name of a tenant: use 1 to 40 lower-case letters, digits and underscores, ` +
      'beginning with a letter, such as "acme".',
  )
}

/** The schema that holds a tenant's tables. */
export const schemaOf = (name: string) => `t_${name}`

/** Roles belong to the whole server, on which another database may have a tenant of the same name. */
export const newRoleName = (name: string) => `t_${name}_${randomBytes(4).toString('hex')}`
