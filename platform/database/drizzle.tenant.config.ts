import { defineConfig } from 'drizzle-kit'

/** `npm run migration:tenant -- --name what_changes` writes the next migration from tables/tenant.ts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './platform/database/tables/tenant.ts',
  out: './platform/database/migrations/tenant',
})
