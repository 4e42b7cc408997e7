import '#lib/domain/fields/registry.ts'
import { session } from '#lib/domain/session/session.svelte.ts'
import { redirect } from '@sveltejs/kit'

export async function load({ url }: { url: URL }) {
  if (session.current !== undefined) return
  const isSignedIn = await session.load()
  if (!isSignedIn) redirect(307, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`)
}
