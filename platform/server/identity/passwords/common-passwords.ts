let listed: Promise<ReadonlySet<string>> | undefined

/**
 * Whether the password is one of the 49,000 that leaks show most often, also with other letters large or with a few
 * digits or signs around it.
 */
export async function isCommon(password: string): Promise<boolean> {
  // Loaded when a password is chosen, which is rare: the list takes some megabytes.
  listed ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  )
  const common = await listed
  const lower = password.toLowerCase()
  const bare = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return common.has(lower) || isRepeated(lower) || (lower.length - bare.length <= 4 && common.has(bare))
}

/** `aaaaaaaaaa`, `abcabcabcabc`, `passwordpassword`: a short part again and again. */
function isRepeated(text: string): boolean {
  const part = (text + text).indexOf(text, 1)
  return part < text.length && part <= 8
}
