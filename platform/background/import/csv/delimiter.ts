import Papa from 'papaparse'

/** What may stand between the values of a row. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const sampleCharacters = 1 << 16

/** The delimiter that cuts the first rows into equally many values; a comma where nothing speaks for another. */
export function detectDelimiter(text: string): Delimiter {
  // Excel writes such a line for readers of other countries.
  const declared = /^sep=(.)\r?\n/.exec(text)?.[1] as Delimiter | undefined
  if (declared !== undefined && delimiters.includes(declared)) return declared
  const { meta } = Papa.parse<string[]>(text.slice(0, sampleCharacters), {
    preview: 50,
    skipEmptyLines: true,
    delimitersToGuess: [...delimiters],
  })
  return delimiters.find((each) => each === meta.delimiter) ?? ','
}
