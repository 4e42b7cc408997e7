import { TesseraError } from '../../../access/errors.ts'
import { defaultShortestPassword, longestPassword } from '../auth-rules.ts'
import { isCommon } from './common-passwords.ts'

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

/**
 * What a password has to be (NIST SP 800-63B, 3.1.1.2): long enough, none that many people choose, and more than the own
 * name or address. It needs no digits or signs, and is never asked to be changed for its age.
 * @throws TesseraError validation with the member `reason`: password_too_short, password_too_long, password_common,
 * password_personal
 */
export async function checkPassword(
  password: string,
  { owner, shortest = defaultShortestPassword }: { owner: PasswordOwner; shortest?: number },
): Promise<void> {
  const { length } = [...password]
  if (length < shortest)
    throw refused(
      'password_too_short',
      `The password has ${length} characters; use ${shortest} or more. Some words in a row are easy to keep in mind.`,
    )
  if (length > longestPassword)
    throw refused(
      'password_too_long',
      `The password has ${length} characters; use ${longestPassword} or fewer.`,
    )
  if (isPersonal(password, owner))
    throw refused(
      'password_personal',
      'The password is hardly more than your name or address. Choose other words.',
    )
  if (await isCommon(password))
    throw refused(
      'password_common',
      'Many people use this password, so it is among the first that are tried. Choose another.',
    )
}

/** What is left of a password without the words that everybody knows of its owner has to be this long. */
const shortestRest = 6

function isPersonal(password: string, { email, name }: PasswordOwner): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const words = [
    email,
    local,
    ...local.split(/[._+-]/),
    domain.split('.')[0]!,
    ...name.split(/\s+/),
    'tessera',
  ]
    .map((word) => word.toLowerCase())
    .filter((word) => [...word].length >= 3)
    .sort((one, other) => other.length - one.length)
  const lower = password.toLowerCase()
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), lower)
  return rest !== lower && [...rest].length < shortestRest
}

function refused(reason: string, message: string): TesseraError {
  return new TesseraError('validation', message, { members: { reason } })
}
