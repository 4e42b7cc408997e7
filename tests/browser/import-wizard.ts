import type { Locator } from 'playwright-core'
import type { Person } from './person.ts'

/** What the wizard shows at the end of a trial run or an import. */
export interface Outcome {
  readonly created: number
  readonly updated: number
  readonly refused: number
}

/** The import wizard under somebody's hands. */
export function importWizard({ page, open, pick }: Person) {
  const main = page.getByRole('main')
  const click = (name: string | RegExp) => main.getByRole('button', { name }).click()

  async function outcome(): Promise<Outcome> {
    await main
      .getByRole('status')
      .filter({ hasText: /^(All rows can be imported|[\d,]+ rows? needs? attention|The import is done)$/ })
      .waitFor({ timeout: 300_000 })
    const [created, updated, refused] = (await main.getByRole('definition').allTextContents()).map((text) =>
      Number(text.replaceAll(',', '')),
    )
    return { created: created ?? NaN, updated: updated ?? NaN, refused: refused ?? NaN }
  }

  return {
    /** Gives it a file, says where its columns go, and which records count as the same. */
    async take(
      file: string,
      { object, columns, key }: { object: string; columns: Readonly<Record<string, string>>; key: string },
    ): Promise<void> {
      await open(`/import/${object}`)
      await main.locator('input[type=file]').setInputFiles(file)
      for (const [column, field] of Object.entries(columns)) {
        const label = `Field for the column “${column}”`
        const shown = await main.getByRole('button', { name: label }).textContent()
        if (!shown?.trim().endsWith(field)) await pick(label, field)
      }
      await main
        .getByRole('combobox', { name: 'Existing records' })
        .selectOption({ label: `Update those with the same ${key}` })
    },
    async tryOut(): Promise<Outcome> {
      await click(/^(Try it without saving|Check again)$/)
      return outcome()
    },
    async run(): Promise<Outcome> {
      await click(/^(Import (the )?[\d,]+ (good )?rows?|Import again with the corrections)$/)
      return outcome()
    },
    /** Says what a text of the file stands for. */
    correct: (column: string, text: string, meaning: string) =>
      pick(`What “${text}” in “${column}” stands for`, meaning),
    /** The texts that were not recognised: column, text, number of rows. */
    async unknown(): Promise<string[][]> {
      const table = main.getByRole('region', { name: 'Values that were not recognised' })
      return (await cells(table)).map((row) => row.slice(0, 3))
    },
    /** The refused rows that are shown: line, column, value, reason. */
    problems: () => cells(main.getByRole('table').last()),
  }
}

/** A browser puts a tab between the cells of a table's row. */
async function cells(place: Locator): Promise<string[][]> {
  const rows = await place.locator('tbody tr').allInnerTexts()
  return rows.map((row) => row.split('\t').map((cell) => cell.trim()))
}
