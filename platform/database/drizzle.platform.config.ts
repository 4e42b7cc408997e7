import { defineConfig } from 'drizzle-kit'

/** `npm run migration:platform -- --name what_changes` writes the next migration from tables/platform.ts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './platform/database/tables/platform.ts',
  out: './platform/database/migrations/platform',
})
