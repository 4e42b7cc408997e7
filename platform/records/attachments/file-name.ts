import { invalid } from '../../access/errors.ts'

const longest = 255

/** What cannot stand in the name of a file anywhere, breaks its line, or turns the order of its letters round. */
const impossible = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}/\\]/u

/**
 * A name is kept as it was given, so it must be one that can be given back.
 * @throws TesseraError validation at `file_name`
 */
export function checkFileName(name: string): void {
  const fault = faultOf(name)
  if (fault !== undefined) throw invalid([{ field: 'file_name', ...fault }])
}

function faultOf(name: string): { code: string; message: string } | undefined {
  if (name.trim() === '') return { code: 'required', message: 'is required; send the name of the file' }
  if (name.length > longest)
    return { code: 'too_long', message: `has ${name.length} characters; ${longest} are possible` }
  if (!name.isWellFormed()) return { code: 'file_name', message: 'holds half of a surrogate pair' }
  const found = impossible.exec(name)?.[0]
  if (found !== undefined)
    return {
      code: 'file_name',
      message: `holds ${named(found)}, which the name of a file cannot hold; leave it out`,
    }
  if (name === '.' || name === '..')
    return { code: 'file_name', message: `is "${name}", which stands for a folder; name the file` }
  return undefined
}

/** `/` as it is, what cannot be seen by its number: U+202E. */
function named(character: string): string {
  if (character === '/' || character === '\\') return `"${character}"`
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
}
