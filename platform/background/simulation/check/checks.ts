import type { FieldModel, Model } from '../../../definitions/model/model.ts'
import { delayEnd, parseDelay } from '../../../calendars/delay.ts'
import { sourceProblem } from '../../../definitions/load/file-problem.ts'
import type { Source } from '../../../definitions/load/source.ts'
import type { Problem } from '../../../definitions/model/problem.ts'
import { suggest } from '../../../definitions/nearest.ts'
import type { Recipes } from '../../recipes/declared.ts'
import { boundsOf } from '../delay-range.ts'
import type { DelayRange } from '../document.ts'

type Path = readonly (string | number)[]

/** Collects what a simulation names and what there is not, each at its place. */
export class Checks {
  readonly problems: Problem[] = []
  readonly model: Model
  readonly #source: Source
  readonly #people: ReadonlySet<string>

  /** @param options.people the names under which people are known */
  constructor(options: { source: Source; model: Model; people: Iterable<string> }) {
    this.model = options.model
    this.#source = options.source
    this.#people = new Set(options.people)
  }

  fault(at: { path: Path; isKey?: boolean }, message: string, remedy: string): void {
    this.problems.push(sourceProblem(this.#source, { ...at, code: 'simulation', message, remedy }))
  }

  known(name: string, names: Iterable<string>, at: { path: Path; what: string; isKey?: boolean }): void {
    const all = [...names]
    if (!all.includes(name)) this.fault(at, `There is no ${at.what} "${name}".`, suggest(name, all))
  }

  people(names: readonly string[] | undefined, path: Path): void {
    for (const [at, name] of (names ?? []).entries())
      this.known(name, this.#people, { path: [...path, at], what: 'person' })
  }

  delay(range: DelayRange | undefined, path: Path): void {
    if (range === undefined) return
    const [least, greatest] = boundsOf(range)
    const calendars = [least, greatest].map((text) => parseDelay(text).calendar)
    const unknown = calendars.findIndex((name) => name !== undefined && !this.model.calendars.has(name))
    if (unknown >= 0)
      return this.known(String(calendars[unknown]), this.model.calendars.keys(), {
        path: typeof range === 'string' ? path : [...path, unknown],
        what: 'calendar',
      })
    if (calendars[0] !== calendars[1])
      return this.fault(
        { path },
        'The two durations are not in the same calendar.',
        'Write both with the same `@calendar`.',
      )
    if (delayEnd(least, someDay, this.model.calendars) > delayEnd(greatest, someDay, this.model.calendars))
      this.fault({ path }, 'The first duration is longer than the second.', 'Write the shorter one first.')
  }

  /** Fields that recipes are for, and those of the lines that they make. */
  fields(
    recipes: Recipes | undefined,
    { fields, path }: { fields: ReadonlyMap<string, FieldModel> | undefined; path: Path },
  ): void {
    if (fields === undefined) return
    for (const [name, recipe] of Object.entries(recipes ?? {})) {
      this.known(name, fields.keys(), { path: [...path, name], what: 'field', isKey: true })
      const lines = this.model.objects.get(fields.get(name)?.lines?.object ?? '')
      const row = typeof recipe === 'object' && recipe !== null && 'rows' in recipe ? recipe.row : undefined
      if (lines !== undefined) this.fields(row, { fields: lines.fields, path: [...path, name, 'row'] })
    }
  }
}

/** Durations are compared from there; whatever the day, the longer one is not over before the shorter. */
const someDay = Date.parse('2026-03-02T09:00:00Z')
