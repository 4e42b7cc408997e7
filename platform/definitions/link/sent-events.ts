const sending: ReadonlySet<unknown> = new Set(['send', 'raise', 'raise_event'])

/** The events that actions of processes, service levels and triggers send or raise, and what is done about late work. */
export function sentEvents(documents: Iterable<Readonly<Record<string, unknown>>>): ReadonlySet<string> {
  const sent = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const { type, params } = value as { type?: unknown; params?: { event?: unknown } }
    if (sending.has(type) && typeof params?.event === 'string') sent.add(params.event)
    for (const entry of Object.values(value)) visit(entry)
  }
  for (const { machine, promises, actions } of documents) {
    visit(machine)
    visit(promises)
    visit(actions)
  }
  return sent
}
