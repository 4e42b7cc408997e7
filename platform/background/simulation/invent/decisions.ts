import type { FieldModel, Model, ProcessModel } from '../../../definitions/model/model.ts'
import type { Expression } from '../../../language/types.ts'
import { drawingOf } from '../../../processes/picture/drawing.ts'
import { literalsOf } from './literals.ts'

/** What a process decides by: which fields its conditions read, and with what they compare them. */
export interface Decisions {
  /** Fields by object: those that conditions read, and those from which these follow. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>
  /** Texts and numbers in the conditions, by what they are compared with: `record.amount`, `event.stars`. */
  readonly literals: ReadonlyMap<string, readonly string[]>
}

export function decisionsOf(model: Model, process: ProcessModel): Decisions {
  const reader = new Reader(model)
  const literals = new Map<string, string[]>()
  for (const { object, expression } of conditionsOf(model, process)) {
    for (const [root, ...path] of expression.paths) {
      if (root === 'record') reader.read(object, path)
      const name = comparedName(root, path)
      if (name === undefined) continue
      literals.set(name, [...(literals.get(name) ?? []), ...literalsOf(expression.text)])
    }
  }
  return { fields: reader.fields, literals }
}

/** The result of work is named as what is filled in for an event. */
function comparedName(root: string | undefined, path: readonly string[]): string | undefined {
  const [name, ...rest] = root === 'event' && path[0] === 'output' ? path.slice(1) : path
  if (name === undefined || rest.length > 0) return undefined
  return root === 'record' || root === 'event' ? `${root}.${name}` : undefined
}

interface Condition {
  readonly object: string
  readonly expression: Expression
}

/** Guards, who may send events, moments and what is waited for; those of the parts as well. */
function conditionsOf(model: Model, process: ProcessModel): readonly Condition[] {
  const parts = [...model.processes.values()].filter(
    ({ stateField, object }) => stateField === undefined && object === process.object,
  )
  return [process, ...parts].flatMap((each) => {
    const { object, events, delays, expressions, waits } = each
    const own = [
      ...drawingOf(each).transitions.map(({ guard }) => guard),
      ...[...events.values()].map(({ allowedWhen }) => allowedWhen),
      ...[...delays.values()].map(({ until }) => expressions[until]),
    ].filter((expression) => expression !== undefined)
    return [
      ...own.map((expression) => ({ object, expression })),
      ...[...waits.values()].map((wait) => ({ object: wait.object, expression: wait.until })),
    ]
  })
}

/** Follows what expressions read through references, lines, formulas, roll-ups and defaults. */
class Reader {
  readonly fields = new Map<string, Set<string>>()
  readonly #seen = new Set<string>()
  readonly #model: Model

  constructor(model: Model) {
    this.#model = model
  }

  read(object: string, path: readonly string[]): void {
    const [name = '', ...rest] = path
    const key = `${object}.${path.join('.')}`
    const field = this.#model.objects.get(object)?.fields.get(name)
    if (field === undefined || this.#seen.has(key)) return
    this.#seen.add(key)
    this.#need(object, name)
    this.#readAll(object, field.formula?.expression)
    this.#readAll(object, field.defaultExpression)
    if (field.rollup !== undefined) this.#readRollup(object, field.rollup)
    const behind = field.lines?.object ?? field.reference?.to
    if (behind !== undefined && rest.length > 0) this.read(behind, rest)
  }

  #need(object: string, field: string): void {
    this.fields.set(object, (this.fields.get(object) ?? new Set()).add(field))
  }

  #readAll(object: string, expression: Expression | undefined): void {
    for (const [root, ...path] of expression?.paths ?? []) if (root === 'record') this.read(object, path)
  }

  #readRollup(object: string, rollup: NonNullable<FieldModel['rollup']>): void {
    const fields = this.#model.objects.get(object)?.fields.values() ?? []
    for (const { name, lines } of fields) if (lines?.object === rollup.of) this.#need(object, name)
    if (rollup.field !== undefined) this.read(rollup.of, [rollup.field])
    this.#readAll(rollup.of, rollup.where)
  }
}
