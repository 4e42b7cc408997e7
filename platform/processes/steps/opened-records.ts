import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { readLines } from '../../records/read/get.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import { referenceId, type RecordValues } from '../../records/values.ts'
import { expandFormulas, loadStored, recordWithFormulas } from '../../records/write/evaluation.ts'

type Paths = readonly (readonly string[])[]

/** Deeper than any chain of references that expressions follow: each round opens one more link of it. */
const mostRounds = 32

/**
 * Records for expressions that are evaluated within one step: what lies behind their references and their lines is
 * read from the database only when an expression reaches it. Deciding is pure, so a decision that reaches something
 * that has not been read is broken off, the missing is read, and it is taken again. Rules see every record; no right
 * is asked.
 */
export class OpenedRecords {
  readonly #unit: UnitOfWork
  readonly #read = new Map<string, unknown>()
  readonly #missing = new Map<string, () => Promise<unknown>>()

  constructor(unit: UnitOfWork) {
    this.#unit = unit
  }

  /** The record with its formulas; the paths say through which references and lines expressions may go. */
  record(object: ObjectModel, values: RecordValues, paths: Paths): RecordValues {
    const record = recordWithFormulas(this.#unit, object, values)
    for (const { field, deeper } of openingsOf(object, paths)) {
      if (field.lines !== undefined) this.#defineLines(record, field, String(values.id))
      const id = referenceId(values[field.name])
      if (field.reference !== undefined && id !== null)
        record[field.name] = this.reference(field.reference.to, id, deeper)
    }
    return record
  }

  /** What a reference leads to: its id is known, the rest is read when it is asked for. */
  reference(to: string, id: string, paths: Paths): object {
    const object = this.#unit.model.objects.get(to) as ObjectModel
    let opened: object | undefined
    const open = () => {
      const stored = this.#stored(`${to} ${id}`, () => loadStored(this.#unit, { object: to, id }))
      opened ??= this.record(object, (stored ?? {}) as RecordValues, paths)
      return opened
    }
    return new Proxy(
      { id },
      {
        // Names that are no fields are asked for by those who print or wait for a value; they get what is known.
        get: (known, name) =>
          name in known || isNoField(name) ? known[name as 'id'] : Reflect.get(open(), name),
        getOwnPropertyDescriptor: (known, name) =>
          Object.getOwnPropertyDescriptor(name in known ? known : open(), name),
      },
    )
  }

  /** Evaluates as often as it takes until everything that it reaches has been read. */
  async evaluate<T>(run: () => T): Promise<T> {
    for (let round = 0; round < mostRounds; round++) {
      this.#missing.clear()
      try {
        const result = run()
        if (this.#missing.size === 0) return result
      } catch (error) {
        // What the expression language or the machine makes of a break-off is no failure of theirs.
        if (this.#missing.size === 0) throw error
      }
      await Promise.all([...this.#missing].map(async ([key, read]) => this.#read.set(key, await read())))
    }
    throw new Error(`An expression follows more than ${mostRounds} references in a row.`)
  }

  #defineLines(record: object, field: FieldModel, parent: string): void {
    Object.defineProperty(record, field.name, {
      configurable: true,
      enumerable: true,
      get: () =>
        this.#stored(`${field.object}.${field.name} ${parent}`, () =>
          readLines(asConsequence(this.#unit), field, parent),
        ),
    })
  }

  #stored(key: string, read: () => Promise<unknown>): unknown {
    if (this.#read.has(key)) return this.#read.get(key)
    this.#missing.set(key, read)
    throw new Error(`${key} has not been read yet`)
  }
}

function isNoField(name: string | symbol): boolean {
  return typeof name === 'symbol' || name === 'toJSON' || name === 'then'
}

interface Opening {
  readonly field: FieldModel
  /** How the paths through the field go on. */
  readonly deeper: Paths
}

const openings = new WeakMap<Paths, Map<ObjectModel, readonly Opening[]>>()

/** The lines and references of an object through which the paths lead. */
function openingsOf(object: ObjectModel, paths: Paths): readonly Opening[] {
  const byObject = openings.get(paths) ?? new Map<ObjectModel, readonly Opening[]>()
  openings.set(paths, byObject)
  let found = byObject.get(object)
  if (found === undefined) {
    const reached = expandFormulas(object, paths)
    found = [...object.fields.values()].flatMap((field): Opening[] => {
      const deeper = pathsBelow(reached, field.name)
      const isReached =
        field.lines === undefined ? deeper.length > 0 : reached.some(([name]) => name === field.name)
      return isReached ? [{ field, deeper }] : []
    })
    byObject.set(object, found)
  }
  return found
}

/** How the paths through a field go on, beyond its id. */
export function pathsBelow(paths: Paths, name: string): Paths {
  return paths
    .filter((path) => path[0] === name && path.length > 1 && path[1] !== 'id')
    .map((path) => path.slice(1))
}
