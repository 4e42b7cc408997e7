import '#lib/domain/fields/registry.ts'
import { session } from '#lib/domain/session/session.svelte.ts'
import { redirect } from '@sveltejs/kit'

export async function load({ url }: { url: URL }) {
  if (session.current !== undefined) return
  const found = await session.load()
  if (found === 'in') return
  const door = found === 'out' ? '/sign-in' : '/second-factor'
  redirect(307, `${door}?to=${encodeURIComponent(url.pathname + url.search)}`)
}
