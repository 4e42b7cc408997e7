/** A JSON value kept on this device, or undefined; a value that cannot be read counts as absent. */
export function readStored<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(`tessera.${key}`)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** Keeps a JSON value on this device; undefined removes it. Refused or full storage is not an error for the person. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`tessera.${key}`)
    else localStorage.setItem(`tessera.${key}`, JSON.stringify(value))
  } catch {
    // Private windows and full disks refuse; what is kept here is a convenience.
  }
}
