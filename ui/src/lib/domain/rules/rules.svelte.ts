import type { FieldsMeta } from '#lib/shared/api/types.ts'
import { i18n } from '#lib/shared/i18n/i18n.svelte.ts'
import type {
  compileExpression,
  Expression,
  ExpressionFault,
  ExprType,
  ObjectShape,
  Scope,
} from '../../../../../platform/language/index.ts'
import { model } from '../session/model.svelte.ts'
import { expressionTypeOf } from './expression-type.ts'

/** Where an expression stands: over a record of an object, and for the form of an event over its fields too. */
export interface Place {
  object: string
  form?: FieldsMeta | undefined
}

type Compiled = { expression: Expression } | { faults: readonly ExpressionFault[] }

/**
 * Conditions and formulas of the declarations, evaluated in the browser with the server's own language. The language
 * is loaded when a page first needs it; until then every answer is undefined and the page shows what it can.
 */
class Rules {
  #compile = $state.raw<typeof compileExpression | undefined>(undefined)
  #loading: Promise<void> | undefined
  #cache = new Map<string, Compiled>()

  get isReady(): boolean {
    return this.#compile !== undefined
  }

  load(): Promise<void> {
    this.#loading ??= import('../../../../../platform/language/index.ts').then((language) => {
      this.#compile = language.compileExpression
    })
    return this.#loading
  }

  /** Forgets what was compiled; the declarations changed. */
  forget(): void {
    this.#cache.clear()
  }

  /** The value of an expression over the variables; undefined where it cannot be compiled here. */
  evaluate(text: string, place: Place, variables: Readonly<Record<string, unknown>>): unknown {
    const compiled = this.compile(text, place)
    if (compiled === undefined || 'faults' in compiled) return undefined
    return compiled.expression.evaluate(variables, { now: new Date(), timeZone: i18n.timeZone ?? 'UTC' })
  }

  /** The faults of a condition that a person typed; empty where it can be sent. */
  faults(text: string, place: Place): readonly ExpressionFault[] {
    const compiled = this.compile(text, place, { kind: 'bool' })
    return compiled !== undefined && 'faults' in compiled ? compiled.faults : []
  }

  /** The fields that an expression reads through references: `product.list_price`. */
  paths(text: string, place: Place): readonly (readonly string[])[] {
    const compiled = this.compile(text, place)
    return compiled === undefined || 'faults' in compiled ? [] : compiled.expression.paths
  }

  compile(text: string, place: Place, expect?: ExprType): Compiled | undefined {
    if (this.#compile === undefined) return undefined
    if (place.form !== undefined) return this.#compile({ text, scope: scopeOf(place), expect })
    const key = `${place.object} ${expect?.kind ?? ''} ${text}`
    let compiled = this.#cache.get(key)
    if (compiled === undefined) {
      compiled = this.#compile({ text, scope: scopeOf(place), expect })
      this.#cache.set(key, compiled)
    }
    return compiled
  }
}

export const rules = new Rules()

function scopeOf({ object, form }: Place): Scope {
  const record: ExprType = { kind: 'record', object }
  const event: ExprType | undefined =
    form === undefined
      ? undefined
      : {
          kind: 'struct',
          fields: Object.fromEntries(
            Object.values(form).map((field) => [field.name, expressionTypeOf(field)]),
          ),
        }
  return {
    variables: { record, before: record, user: userType, ...(event === undefined ? {} : { event }) },
    object: shapeOf,
  }
}

function shapeOf(name: string): ObjectShape | undefined {
  const object = model.object(name)
  if (object === undefined) return undefined
  return {
    name,
    field: (field) => {
      const meta = object.fields[field]
      if (meta !== undefined) return expressionTypeOf(meta)
      return field === 'id' ? { kind: 'string' } : undefined
    },
    fieldNames: () => Object.keys(object.fields),
  }
}

const userType: ExprType = {
  kind: 'struct',
  fields: {
    id: { kind: 'string' },
    name: { kind: 'string' },
    email: { kind: 'string' },
    roles: { kind: 'list', of: { kind: 'string' } },
    team: { kind: 'string' },
  },
}
