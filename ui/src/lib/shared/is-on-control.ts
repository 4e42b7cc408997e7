/**
 * Whether a click in a row hit something of its own: a link, a button, a box. The row leaves it alone. (Stopping the
 * event at the link instead would keep it from the router, and the browser would load the whole page anew.)
 */
export function isOnControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, label') !== null
}
