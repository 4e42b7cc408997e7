/** Only a path of this site: a link from elsewhere must not lead away after signing in. */
export function safeTarget(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/'
}
