const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const words = /[\p{L}\p{N}]+/gu

/** The most tokens that one record is found by. */
const limit = 2_000

/**
 * Tokens under which a text is found: words in lower case without accents, and for scripts without spaces each
 * character and each pair of neighbours (bigrams), because PostgreSQL's parser does not split them.
 */
export function indexTokens(text: string): string[] {
  const tokens = new Set<string>()
  for (const run of runs(text)) {
    if (run.isCjk) {
      for (const [at, character] of run.characters.entries()) {
        tokens.add(character)
        if (at > 0) tokens.add((run.characters[at - 1] as string) + character)
      }
    } else tokens.add(run.characters.join(''))
    if (tokens.size >= limit) break
  }
  return [...tokens].slice(0, limit)
}

/**
 * A tsquery (text form) that finds what a person typed: every word must occur, the last letters of a word may be
 * missing, and a run of CJK characters must occur with its pairs. Undefined where nothing can be searched for.
 */
export function searchQuery(text: string): string | undefined {
  const terms = new Set<string>()
  for (const run of runs(text.slice(0, 500))) {
    const { characters } = run
    if (!run.isCjk) terms.add(`${quoted(characters.join(''))}:*`)
    else if (characters.length === 1) terms.add(quoted(characters[0] as string))
    else
      for (let at = 1; at < characters.length; at++)
        terms.add(quoted((characters[at - 1] as string) + characters[at]))
    if (terms.size >= 40) break
  }
  return terms.size === 0 ? undefined : [...terms].join(' & ')
}

function* runs(text: string): Generator<{ isCjk: boolean; characters: string[] }> {
  for (const [word] of fold(text).matchAll(words)) {
    if (!cjk.test(word)) {
      yield { isCjk: false, characters: [...word].slice(0, 100) }
      continue
    }
    let current: { isCjk: boolean; characters: string[] } | undefined
    for (const character of word) {
      const isCjk = cjk.test(character)
      if (current?.isCjk !== isCjk) {
        if (current !== undefined) yield current
        current = { isCjk, characters: [] }
      }
      if (current.characters.length < 100) current.characters.push(character)
    }
    if (current !== undefined) yield current
  }
}

/** NFKD without combining marks: "Müller" is found by "muller", full-width letters by plain ones. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .normalize('NFC')
}

function quoted(token: string): string {
  return `'${token}'`
}
