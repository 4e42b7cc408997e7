import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgSchema,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

/** The tables that all tenants share. A tenant's own role can reach none of them. */
export const platform = pgSchema('platform')

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const now = sql`now()`

export const tenant = platform.table('tenant', {
  name: text('name').primaryKey(),
  label: text('label').notNull(),
  /** PostgreSQL schema of the tenant. */
  schema: text('schema').notNull().unique(),
  /** Roles belong to the whole server, so the name carries a random part. */
  roleName: text('role_name').notNull().unique(),
  /** Sealed (database/secrets). */
  rolePassword: text('role_password').notNull(),
  /** Number of the published version that is served; null before the first publishing. */
  activeVersion: integer('active_version'),
  createdAt: moment('created_at').notNull().default(now),
})

export const publishedVersion = platform.table(
  'published_version',
  {
    tenant: text('tenant')
      .notNull()
      .references(() => tenant.name, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    /** Content hash of the Model. */
    hash: text('hash').notNull(),
    /** The declarations, as text: jsonb would reorder keys. */
    documents: text('documents').notNull(),
    plan: text('plan').notNull(),
    note: text('note'),
    publishedBy: text('published_by'),
    publishedAt: moment('published_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.number] })],
)

export const user = platform.table('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull().default(now),
  updatedAt: moment('updated_at').notNull().default(now),
})

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' })

export const session = platform.table(
  'session',
  {
    id: text('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull().default(now),
    updatedAt: moment('updated_at').notNull().default(now),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    /** How the second factor was shown: `code`, `recovery_code`, or `provider`, which asked for one itself. */
    secondFactor: text('second_factor'),
    userId: userId(),
  },
  (table) => [index('session_user').on(table.userId)],
)

export const account = platform.table(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: userId(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull().default(now),
    updatedAt: moment('updated_at').notNull().default(now),
  },
  (table) => [
    index('account_user').on(table.userId),
    uniqueIndex('account_provider').on(table.providerId, table.accountId),
  ],
)

export const verification = platform.table(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull().default(now),
    updatedAt: moment('updated_at').notNull().default(now),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
)

/** What shows codes of an account, such as an app on a phone. */
export const secondFactor = platform.table('second_factor', {
  userId: userId().primaryKey(),
  /** Sealed (database/secrets); base32. */
  secret: text('secret').notNull(),
  /** When a first code was shown; until then it protects nothing. */
  confirmedAt: moment('confirmed_at'),
  /** The time step of the last code that was accepted: no code works twice. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  createdAt: moment('created_at').notNull().default(now),
})

/** Codes for who has lost the second factor; each works once. */
export const recoveryCode = platform.table(
  'recovery_code',
  { userId: userId(), hash: text('hash').notNull(), usedAt: moment('used_at') },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
)

/** Which tenants a person who signs in belongs to, and as which row of the tenant's user object. */
export const member = platform.table(
  'member',
  {
    userId: userId(),
    tenant: text('tenant')
      .notNull()
      .references(() => tenant.name, { onDelete: 'cascade' }),
    member: uuid('member').notNull(),
    createdAt: moment('created_at').notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.tenant] }),
    uniqueIndex('member_row').on(table.tenant, table.member),
  ],
)

export const apiKey = platform.table(
  'api_key',
  {
    id: uuid('id').primaryKey(),
    tenant: text('tenant')
      .notNull()
      .references(() => tenant.name, { onDelete: 'cascade' }),
    member: uuid('member').notNull(),
    name: text('name').notNull(),
    /** The first characters of the key, to recognise it by. */
    prefix: text('prefix').notNull(),
    hash: text('hash').notNull().unique(),
    scopes: text('scopes').array().notNull().default([]),
    expiresAt: moment('expires_at'),
    lastUsedAt: moment('last_used_at'),
    lastUsedFrom: text('last_used_from'),
    revokedAt: moment('revoked_at'),
    createdAt: moment('created_at').notNull().default(now),
  },
  (table) => [index('api_key_member').on(table.tenant, table.member)],
)

/** Who acts for whom in a session, for support; it ends by itself, and with the session. */
export const impersonation = platform.table(
  'impersonation',
  {
    id: uuid('id').primaryKey(),
    session: text('session')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    tenant: text('tenant')
      .notNull()
      .references(() => tenant.name, { onDelete: 'cascade' }),
    impersonator: uuid('impersonator').notNull(),
    member: uuid('member').notNull(),
    reason: text('reason').notNull(),
    startedAt: moment('started_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [index('impersonation_session').on(table.session, table.tenant)],
)

export const signInAttempt = platform.table(
  'sign_in_attempt',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    ipAddress: text('ip_address'),
    succeeded: boolean('succeeded').notNull(),
    reason: text('reason'),
    at: moment('at').notNull().default(now),
  },
  (table) => [
    index('sign_in_attempt_email').on(table.email, table.at),
    index('sign_in_attempt_at').on(table.at),
  ],
)

/** Failed sign-ins by account, address and both, and until when no more are accepted. */
export const signInLock = platform.table('sign_in_lock', {
  /** Says by a hash which account or address: nobody who reads the table learns who was tried. */
  key: text('key').primaryKey(),
  /** Broken numbers: what a place has failed drains away with the time. */
  failures: real('failures').notNull(),
  failedAt: moment('failed_at').notNull(),
  lockedUntil: moment('locked_until'),
})

/** The server processes that share this database. */
export const node = platform.table('node', {
  id: text('id').primaryKey(),
  startedAt: moment('started_at').notNull().default(now),
  heartbeatAt: moment('heartbeat_at').notNull().default(now),
})

/** What all nodes share and nobody declares, such as the secret that signs session cookies (sealed). */
export const setting = platform.table('setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
