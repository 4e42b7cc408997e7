import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedData } from '../harness/shared-data.ts'

/** A few of each kind, for machines without the collections. */
const ownStrings = [
  '',
  ' ',
  '\t\n\r',
  '0',
  '-1',
  '1e309',
  '0x1F',
  'NaN',
  'null',
  'undefined',
  'true',
  '1/0',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  "'; drop table gadget; --",
  '$1::text',
  '%s%n%x',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://x")',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202eabc',
  'é'.normalize('NFD'),
  '田中さんにあげて下さい',
  '👩‍👩‍👧‍👦',
  'x'.repeat(300),
  '💥'.repeat(200),
  '__proto__',
  'constructor',
]

/** The strings of the collections beside the repository (where they are) and our own. */
export function badStrings(): readonly string[] {
  const strings = new Set(ownStrings)
  const folder = sharedData('bad-input')
  if (folder !== undefined)
    for (const file of readdirSync(folder))
      // Bytes as they stand in the file, one character each: some are not UTF-8.
      for (const line of readFileSync(join(folder, file), 'latin1').split(/\r?\n/)) strings.add(line)
  const naughty = sharedData('conformance/blns.json')
  if (naughty !== undefined)
    for (const text of JSON.parse(readFileSync(naughty, 'utf8')) as string[]) strings.add(text)
  return [...strings]
}
