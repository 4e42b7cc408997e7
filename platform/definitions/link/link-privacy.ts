import type { LocalText, ObjectModel } from '../model/model.ts'
import type { PrivacyModel, RetentionModel } from '../model/privacy.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { personalFields, referencesToPerson } from '../privacy/personal-fields.ts'
import { compileCondition, compileValue } from './compile.ts'
import type { Linkage } from './linkage.ts'
import { linkConsent } from './link-consent.ts'
import { recordOf } from './scope.ts'

interface Declared {
  readonly person?: boolean
  readonly erasure?: { readonly keep_when: string; readonly keep_because: LocalText }
  readonly retention?: {
    readonly after: string
    readonly since: string
    readonly when?: string
    readonly then: 'erase' | 'delete'
  }
}

interface Part {
  readonly at: Address
  readonly object: ObjectModel
  readonly document: Declared
}

/** What an object says about the protection of people; its fields are linked. */
export function linkPrivacy(
  linkage: Linkage,
  { at, object, document }: { at: Address; object: ObjectModel; document: Readonly<Record<string, unknown>> },
): PrivacyModel {
  const part: Part = { at, object, document: document as Declared }
  checkFields(linkage, part)
  checkNeeded(linkage, part)
  return {
    isPerson: part.document.person === true,
    keeps: linkKeeps(linkage, part),
    retention: linkRetention(linkage, part),
    consent: linkConsent(linkage, { at, object, document }),
  }
}

function linkKeeps(linkage: Linkage, { at, object, document }: Part): PrivacyModel['keeps'] {
  const { erasure } = document
  if (erasure === undefined) return undefined
  const when = compileCondition(linkage, {
    at: inside(at, 'erasure', 'keep_when'),
    text: erasure.keep_when,
    variables: { record: recordOf(object.name) },
  })
  if (when?.sqlObstacle !== undefined)
    notInDatabase(linkage, inside(at, 'erasure', 'keep_when'), when.sqlObstacle)
  return when === undefined ? undefined : { when, because: erasure.keep_because }
}

function linkRetention(linkage: Linkage, { at, object, document }: Part): RetentionModel | undefined {
  const { retention } = document
  if (retention === undefined) return undefined
  const place = inside(at, 'retention')
  const variables = { record: recordOf(object.name) }
  const since = compileValue(linkage, { at: inside(place, 'since'), text: retention.since, variables })
  const when =
    retention.when === undefined
      ? undefined
      : compileCondition(linkage, { at: inside(place, 'when'), text: retention.when, variables })
  if (since === undefined || (retention.when !== undefined && when === undefined)) return undefined
  if (since.type.kind !== 'date' && since.type.kind !== 'datetime') {
    linkage.problems.error({
      at: inside(place, 'since'),
      code: 'expression_type',
      message: 'The time is counted from a date or a moment, and the expression gives neither.',
      remedy: 'Name a field such as `record.updated_at`.',
    })
    return undefined
  }
  for (const [name, part] of Object.entries({ since, when }))
    if (part?.sqlObstacle !== undefined) {
      notInDatabase(linkage, inside(place, name), part.sqlObstacle)
      return undefined
    }
  const today = since.type.kind === 'date' ? 'today()' : 'now()'
  const isOver = compileCondition(linkage, {
    at: place,
    text:
      `(${retention.since}) + duration('${retention.after}') <= ${today}` +
      (retention.when === undefined ? '' : ` && (${retention.when})`),
    variables,
  })
  return isOver === undefined ? undefined : { after: retention.after, isOver, outcome: retention.then }
}

function notInDatabase(
  linkage: Linkage,
  at: Address,
  { position, message }: { readonly position: number; readonly message: string },
): void {
  linkage.problems.error({
    at: { ...at, offset: position },
    code: 'not_in_database',
    message: `The database cannot evaluate it: ${message}.`,
    remedy: 'Write it without this part.',
  })
}

/** Types that can say something about a person and be blanked. */
const computed: ReadonlySet<string> = new Set([
  'formula',
  'rollup',
  'sequence',
  'state',
  'lines',
  'references',
  'user',
])
/** Types that take a text in place of the person's where a blank is refused. */
const replaceable: ReadonlySet<string> = new Set(['text', 'long_text', 'email'])

function checkFields(linkage: Linkage, { at, object }: Part): void {
  for (const field of object.fields.values()) {
    if (field.personal === undefined) continue
    const fault = (message: string, remedy: string) =>
      linkage.problems.error({
        at: inside(at, 'fields', field.name, 'personal'),
        code: 'personal',
        message,
        remedy,
      })
    const { name, type, reference, isRequired, context } = field
    if (computed.has(type.name))
      fault(
        `"${name}" is of type ${type.name}, which holds no value of a person.`,
        'Mark the fields that it is made of, or the reference to the person.',
      )
    else if (reference !== undefined && !isAboutPerson(linkage, reference.to))
      fault(
        `"${name}" refers to "${reference.to}", whose records stand for no person.`,
        'Remove "personal", or declare "person": true there.',
      )
    else if (
      reference === undefined &&
      (isRequired || context.declaration.required_when !== undefined) &&
      !replaceable.has(type.name)
    )
      fault(
        `"${name}" is required and of type ${type.name}: erased, it could be neither blank nor something else.`,
        'Make it optional.',
      )
    else if (reference === undefined && context.declaration.pattern !== undefined && isRequired)
      fault(`"${name}" is required and has a pattern, to which nothing else would fit.`, 'Make it optional.')
  }
}

function isAboutPerson({ documents }: Linkage, object: string): boolean {
  return documents.object[object]?.person === true
}

/** Personal data that nothing ever erases are named; rules without personal data are refused. */
function checkNeeded(linkage: Linkage, { at, object, document }: Part): void {
  const isHolder = personalFields(object).length > 0
  const { person, erasure, retention } = document
  const isReached = person === true || object.parent !== undefined || referencesToPerson(object).length > 0
  if (isHolder && !isReached && retention === undefined)
    linkage.problems.warning({
      at,
      code: 'personal_without_rule',
      message: `"${object.name}" holds personal data (${personalFields(object)
        .map(({ name }) => name)
        .join(', ')}) that no erasure reaches and no retention ends.`,
      remedy: 'Add "person": true, mark the reference to the person with "personal", or declare "retention".',
    })
  const without = (property: string) =>
    linkage.problems.error({
      at: inside(at, property),
      code: 'personal',
      message: `No field of "${object.name}" is personal, so there is nothing to erase.`,
      remedy: 'Mark the fields that say something about the person with "personal".',
    })
  if (isHolder) return
  if (person === true) without('person')
  if (erasure !== undefined) without('erasure')
  if (retention?.then === 'erase') without('retention')
}
