import type { toast } from 'svelte-sonner'

interface Details {
  text?: string | undefined
  /** One thing that can be done about it, for ten seconds. */
  action?: { label: string; run: () => void } | undefined
}

/** Whether anything was told yet; the place where messages appear is drawn from then on. */
export const told = $state({ isAnything: false })

/** Tells the person something in passing, in a corner. What draws it is loaded with the first message. */
export const tell = {
  plain: (title: string, details?: Details) => show('message', title, details),
  done: (title: string, details?: Details) => show('success', title, details),
  refused: (title: string, details?: Details) => show('error', title, details),
}

function show(
  kind: keyof Pick<typeof toast, 'message' | 'success' | 'error'>,
  title: string,
  details: Details = {},
): void {
  told.isAnything = true
  const { text, action } = details
  void import('svelte-sonner').then((sonner) =>
    sonner.toast[kind](title, {
      description: text,
      ...(action === undefined
        ? {}
        : { duration: 10_000, action: { label: action.label, onClick: action.run } }),
    }),
  )
}
