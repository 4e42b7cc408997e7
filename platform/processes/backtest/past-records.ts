import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import type { Moment } from '../../language/types.ts'
import { referenceId } from '../../records/values.ts'
import { Unreconstructed, type Archive } from './archive.ts'
import { pastValue, wasThere, type Position } from './past-values.ts'
import type { RecordHistory } from './recorded.ts'
import { rollUp } from './roll-up.ts'

/** What expressions see of `user`, beside the id. */
export const personFields = ['name', 'email', 'roles', 'team', 'manager', 'locale', 'time_zone'] as const

/** The record's fields that the replay cannot follow any more, with the reason. */
export type Departures = ReadonlyMap<string, string>

/**
 * Records at a moment of the past, as the expressions of a process see them: under the names that the Model of that
 * process gives them, through references as far as an expression goes, with formulas. Asking for what is not recorded
 * throws Unreconstructed, and only that which is asked for.
 */
export class PastRecords {
  readonly #archive: Archive
  readonly #model: Model
  readonly #published: Model
  readonly #position: Position
  readonly #moment: Moment

  constructor(options: {
    archive: Archive
    model: Model
    published: Model
    position: Position
    moment: Moment
  }) {
    this.#archive = options.archive
    this.#model = options.model
    this.#published = options.published
    this.#position = options.position
    this.#moment = options.moment
  }

  /** @param user what formulas see as the person */
  record(object: string, id: string, options: { user: object; departures?: Departures }): object {
    const record = { id }
    const declared = this.#model.objects.get(object) as ObjectModel
    for (const field of declared.fields.values()) {
      if (field.name === 'id') continue
      define(record, field.name, () => {
        const reason = options.departures?.get(field.name)
        if (reason !== undefined) throw new Unreconstructed(reason)
        if (field.formula !== undefined)
          return field.formula.expression.evaluate({ record, user: options.user }, this.#moment)
        return this.reference(field, this.#value(declared, field, id, options.user), options.user)
      })
    }
    return record
  }

  /** What a field with this value leads to; the value itself where it is no reference. */
  reference(field: FieldModel, value: unknown, user: object): unknown {
    const id = field.reference === undefined ? null : referenceId(value)
    if (id === null || field.reference === undefined || Array.isArray(value)) return value
    return this.record(field.reference.to, id, { user })
  }

  /** Somebody as `user`, at that moment. */
  person(id: string): object {
    const person = { id }
    const declared = this.#model.objects.get('user') as ObjectModel
    for (const name of personFields) {
      const field = declared.fields.get(name)
      define(person, name, () => (field === undefined ? null : this.#value(declared, field, id, person)))
    }
    return person
  }

  /** The rows that a record had. */
  #rows(
    { object, through }: { object: string; through: string },
    id: string,
    user: object,
  ): Readonly<Record<string, unknown>>[] {
    const declared = this.#model.objects.get(object) as ObjectModel
    const stored = formerOf(this.#published.objects, declared)
    const field = stored && formerOf(stored.fields, declared.fields.get(through) as FieldModel)
    if (stored === undefined || field === undefined)
      throw new Unreconstructed(`"${object}" is new, so it has no history`)
    const ids = this.#archive.rows(stored.name, field.name, id)
    const histories = ids.map((row) => this.#archive.record(stored.name, row))
    return ids
      .filter((_, at) => wasThere(histories[at] as RecordHistory, this.#position))
      .map((row) => this.record(object, row, { user }) as Readonly<Record<string, unknown>>)
  }

  #value(declared: ObjectModel, field: FieldModel, id: string, user: object): unknown {
    const { rollup, lines } = field
    const of = this.#model.objects.get(rollup?.of ?? '')
    if (lines !== undefined) return this.#rows(lines, id, user)
    // The rows of a record stay with it; of other records it would have to be known which ones belonged to it.
    if (rollup !== undefined && of?.parent?.name === rollup.through)
      return rollUp(
        { ...field, rollup },
        this.#rows({ object: of.name, through: rollup.through }, id, user),
        this.#moment,
      )
    const object = formerOf(this.#published.objects, declared)
    if (object === undefined)
      throw new Unreconstructed(`the object "${declared.name}" is new, so it has no history`)
    const history: RecordHistory = this.#archive.record(object.name, id)
    const source = formerOf(object.fields, field)
    if (source === undefined || source.type.name !== field.type.name)
      throw new Unreconstructed(
        `${declared.name}.${field.name} ${source === undefined ? 'is new' : 'has another type'} in the draft, so it has no history`,
      )
    return pastValue(history, source, this.#position)
  }
}

/** What bears the name among the published ones, or the name from before. */
function formerOf<T>(
  published: ReadonlyMap<string, T>,
  { name, formerly }: { readonly name: string; readonly formerly: string | undefined },
): T | undefined {
  return published.get(name) ?? published.get(formerly ?? '')
}

/** A value that is found out when it is asked for, and once. */
export function define(record: object, name: string, get: () => unknown): void {
  let known: { value: unknown } | undefined
  Object.defineProperty(record, name, {
    configurable: true,
    enumerable: true,
    get: () => (known ??= { value: get() }).value,
  })
}
