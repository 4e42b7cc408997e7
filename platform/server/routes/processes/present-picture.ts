import { rightsOfPrincipal } from '../../../access/rights.ts'
import type { FieldModel, LocalText, Model, ProcessModel } from '../../../definitions/model/model.ts'
import type { Expression } from '../../../language/types.ts'
import {
  describeTags,
  payloadFlow,
  type DrawnState,
  type DrawnTransition,
  type DrawnTrigger,
  type ProcessPicture,
  type StepEntry,
} from '../../../processes/index.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import type { ProcessPictureAnswer, ProcessStepAnswer } from '../../contract/types.ts'
import { fieldMeta } from '../../meta/field-meta.ts'
import { given } from '../../meta/given.ts'
import { visibilityOf, type Visibility } from '../../meta/visibility.ts'

type Reader = Pick<UnitOfWork, 'model' | 'principal'>

/** A picture as it travels: conditions that name what the person may not see are left out. */
export function presentPicture(unit: Reader, picture: ProcessPicture): ProcessPictureAnswer {
  const visibility = visibilityFor(unit)
  const { process, drawing, visits, taken } = picture
  return {
    instance: picture.instance,
    process: process.name,
    label: process.label,
    version: process.hash,
    is_current_version: picture.isCurrentVersion,
    states: [...picture.states],
    ended: picture.isEnded,
    step: picture.step,
    is_whole: picture.isWhole,
    machine: {
      states: drawing.states.map((state) =>
        presentState(unit.model, { state, visits: visits.get(state.path) }),
      ),
      transitions: drawing.transitions.map((transition) =>
        presentTransition(transition, {
          guard: conditionText(visibility, process, transition.guard),
          taken: taken.get(transition.id),
        }),
      ),
    },
    timers: picture.timers.map((timer) => ({ ...timer, transitions: [...timer.transitions] })),
    work: picture.work.map((work) => ({ ...work })),
  }
}

type Visits = ProcessPicture['visits'] extends ReadonlyMap<string, infer Each> ? Each : never
type Taken = ProcessPicture['taken'] extends ReadonlyMap<string, infer Each> ? Each : never

function presentState(model: Model, { state, visits }: { state: DrawnState; visits: Visits | undefined }) {
  const { path, parent, kind, isInitial, label, colour, help, tags, invocations } = state
  return given({
    path,
    parent,
    kind,
    initial: isInitial,
    label,
    colour,
    help,
    tags: describeTags(model, tags),
    invocations: invocations.map(given),
    visits: visits?.count ?? 0,
    spent_ms: visits?.spentMs ?? 0,
    since: visits?.since ?? null,
  }) as ProcessPictureAnswer['machine']['states'][number]
}

function presentTransition(
  { id, from, to, trigger, description }: DrawnTransition,
  { guard, taken }: { guard: string | null | undefined; taken: Taken | undefined },
) {
  return given({
    id,
    from,
    to: [...to],
    trigger: given(trigger),
    guard,
    description,
    taken: taken?.count ?? 0,
    taken_at: taken?.at ?? null,
  }) as ProcessPictureAnswer['machine']['transitions'][number]
}

/** A step as it travels: without the values that the person may not see. */
export function presentStep(
  unit: Reader,
  { process, step }: { process: ProcessModel; step: StepEntry },
): ProcessStepAnswer {
  const visibility = visibilityFor(unit)
  const { form } = step
  const filledIn = Object.keys(step.payload ?? {}).filter((name) => form.has(name))
  const seen = filledIn.filter((name) => isPayloadSeen(visibility, process, form.get(name) as FieldModel))
  const said = (name: string) => {
    const value = form.has(name) || step.invocation === undefined ? undefined : step.payload?.[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    number: step.number,
    at: step.at,
    by: step.by,
    event: step.event,
    trigger: triggerOf(process, step),
    cause: step.cause === null ? null : (given({ ...step.cause }) as ProcessStepAnswer['cause']),
    form: Object.fromEntries(
      seen.map((name) => [
        name,
        fieldMeta(visibility, form.get(name) as FieldModel, { isWritable: false, object: process.object }),
      ]),
    ),
    payload: Object.fromEntries(seen.map((name) => [name, step.payload?.[name]])),
    hides_payload: seen.length < filledIn.length,
    outcome: said('outcome'),
    comment: said('comment'),
    states: [...step.states],
    entered: [...step.passage.entered],
    left: step.passage.left.map(({ state, spentMs }) => ({ state, spent_ms: spentMs })),
    transitions: step.transitions.map(({ from, to, guard, drawn }) =>
      given({
        id: drawn?.id ?? null,
        from,
        to: [...to],
        trigger: drawn === undefined ? null : given(drawn.trigger),
        guard:
          guard === undefined
            ? undefined
            : (conditionText(visibility, process, expressionOf(process, guard)) ?? null),
      }),
    ) as ProcessStepAnswer['transitions'],
  }
}

/** What made the first transition; of a step that took none that is drawn, the event. */
function triggerOf(process: ProcessModel, { transitions, event }: StepEntry): ProcessStepAnswer['trigger'] {
  const drawn = transitions[0]?.drawn
  if (drawn !== undefined) return given(drawn.trigger) as DrawnTrigger & { label?: LocalText }
  const declared = process.events.get(event)
  return declared === undefined ? null : { kind: 'event', name: event, label: declared.label }
}

/** Whether what was filled into a field of a form may be seen: every field of a record that it goes into must be. */
function isPayloadSeen(visibility: Visibility, process: ProcessModel, field: FieldModel): boolean {
  const { model, rights } = visibility
  const sameName = model.objects.get(process.object)?.fields.has(field.name) === true
  const places = [
    ...(sameName ? [{ object: process.object, field: field.name }] : []),
    ...(payloadFlow(process).get(field.name) ?? []),
  ]
  const to = field.reference?.to
  const isReadable = to === undefined || to === 'user' || rights.object(to).read.length > 0
  return (
    isReadable && places.every(({ object, field: name }) => rights.object(object).field(name) !== 'hidden')
  )
}

function expressionOf(process: ProcessModel, text: string): Expression | undefined {
  return process.expressions.find((expression) => expression.text === text)
}

/** The text of a condition; null where it names what the person may not see, undefined where there is none. */
function conditionText(
  visibility: Visibility,
  process: ProcessModel,
  guard: Expression | undefined,
): string | null | undefined {
  return guard === undefined ? undefined : (visibility.text(process.object, guard) ?? null)
}

function visibilityFor({ model, principal }: Reader): Visibility {
  return visibilityOf(model, rightsOfPrincipal(model, principal))
}
