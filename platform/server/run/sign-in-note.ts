import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** An account that was made at the first start, with its password. */
export interface FirstAccount {
  readonly email: string
  readonly password: string
  readonly roles: readonly string[]
}

/**
 * The note in the data folder with the passwords that were made at the first start, readable by the owner alone. It is
 * taken away when the administrator has chosen another password.
 */
export function noteFile(project: string): string {
  return join(project, '.tessera', 'first-sign-in.json')
}

export function readNote(project: string): readonly FirstAccount[] {
  try {
    return JSON.parse(readFileSync(noteFile(project), 'utf8')) as FirstAccount[]
  } catch {
    return []
  }
}

export function writeNote(project: string, accounts: readonly FirstAccount[]): void {
  const file = noteFile(project)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
}

export function removeNote(project: string): void {
  rmSync(noteFile(project), { force: true })
}
