/** Encodings that a file may be declared to be in, by their names in the WHATWG Encoding Standard. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** How much of a file is looked at to tell encodings without a mark apart. */
const sampleBytes = 1 << 20

/**
 * The text of a file. Without a declared encoding: a byte order mark decides; else zero bytes in every second place
 * show UTF-16; else what is valid UTF-8 is UTF-8 (other texts are so by accident almost never); else Chinese
 * (GB18030, which contains GBK and GB2312) and Western European (Windows-1252) are told apart by how the bytes above
 * 127 lie together.
 * @throws TypeError where the bytes are no text of the declared encoding
 */
export function decodeText(bytes: Uint8Array, declared?: Encoding): { text: string; encoding: Encoding } {
  const encoding = declared ?? detectEncoding(bytes)
  return { text: decode(bytes, encoding), encoding }
}

export function detectEncoding(bytes: Uint8Array): Encoding {
  const marked = byteOrderMark(bytes)
  if (marked !== undefined) return marked
  const sample = bytes.subarray(0, sampleBytes)
  const wide = zeroesInEverySecondPlace(sample)
  if (wide !== undefined) return wide
  if (isDecodable(bytes, 'utf-8')) return 'utf-8'
  return looksChinese(sample) && isDecodable(bytes, 'gb18030') ? 'gb18030' : 'windows-1252'
}

function byteOrderMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** A comma, a digit or a line end in UTF-16 has a zero byte; a text file in another encoding has none at all. */
function zeroesInEverySecondPlace(bytes: Uint8Array): Encoding | undefined {
  let even = 0
  let odd = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (even + odd < bytes.length / 50) return undefined
  if (odd > even * 10) return 'utf-16le'
  if (even > odd * 10) return 'utf-16be'
  return undefined
}

/**
 * In GB2312 text, which is nearly all of Chinese text, both bytes of a character are at least 0xA1; letters with
 * accents stand alone between ASCII letters.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let high = 0
  let paired = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte < 0x80) continue
    high += 1
    const next = bytes[at + 1] ?? 0
    if (byte >= 0xa1 && byte <= 0xf7 && next >= 0xa1 && next <= 0xfe) {
      paired += 2
      high += 1
      at += 1
    }
  }
  return paired > high * 0.8
}

function isDecodable(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    decode(bytes, encoding)
    return true
  } catch {
    return false
  }
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}
