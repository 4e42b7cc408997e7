import type { ObjectModel } from '../model/model.ts'
import type { ConsentModel } from '../model/privacy.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileCondition } from './compile.ts'
import type { Linkage } from './linkage.ts'
import { findField } from './look-up.ts'
import { recordOf } from './scope.ts'

interface Declared {
  readonly consent?: {
    readonly email?: { readonly given_when: string; readonly withdraw: Readonly<Record<string, unknown>> }
  }
}

/** Whether the person agrees to marketing mails, and what is written when that ends. */
export function linkConsent(
  linkage: Linkage,
  { at, object, document }: { at: Address; object: ObjectModel; document: Readonly<Record<string, unknown>> },
): ConsentModel | undefined {
  const declared = (document as Declared).consent?.email
  if (declared === undefined) return undefined
  const place = inside(at, 'consent', 'email')
  const givenWhen = compileCondition(linkage, {
    at: inside(place, 'given_when'),
    text: declared.given_when,
    variables: { record: recordOf(object.name) },
  })
  if (givenWhen?.sqlObstacle !== undefined)
    linkage.problems.error({
      at: { ...inside(place, 'given_when'), offset: givenWhen.sqlObstacle.position },
      code: 'not_in_database',
      message: `The database cannot evaluate it: ${givenWhen.sqlObstacle.message}.`,
      remedy: 'Write it without this part.',
    })
  const withdraw = linkValues(linkage, { at: inside(place, 'withdraw'), object, values: declared.withdraw })
  if (givenWhen === undefined || withdraw === undefined) return undefined
  // Nothing but what is written decides here: a condition that still holds then would never end by it.
  const still = givenWhen.evaluate({ record: withdraw }, { now: new Date(0), timeZone: 'UTC' })
  if (still === true)
    linkage.problems.error({
      at: inside(place, 'withdraw'),
      code: 'consent',
      message: 'With these values the consent is still given.',
      remedy: 'Set the fields that "given_when" asks.',
    })
  return { givenWhen, withdraw }
}

function linkValues(
  linkage: Linkage,
  { at, object, values }: { at: Address; object: ObjectModel; values: Readonly<Record<string, unknown>> },
): Readonly<Record<string, unknown>> | undefined {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const place = inside(at, name)
    const field = findField(linkage, { object, name, at: { ...place, isKey: true } })
    if (field === undefined) return undefined
    const fault = (message: string, remedy: string) =>
      linkage.problems.error({ at: place, code: 'consent', message, remedy })
    if (
      field.type.storage === 'computed' ||
      field.type.name === 'state' ||
      field.isSystem ||
      field.lines !== undefined
    ) {
      fault(`"${name}" cannot be written.`, 'Name a field of its own, such as a boolean.')
      return undefined
    }
    const outcome = value === null ? { ok: true as const, value } : field.type.check(value, field.context)
    if (!outcome.ok) {
      fault(`${JSON.stringify(value)} is no value of "${name}": it ${outcome.message}.`, 'Change the value.')
      return undefined
    }
    checked[name] = outcome.value
  }
  return checked
}
