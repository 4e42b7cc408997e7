import { rightsOfPrincipal } from '../../../access/rights.ts'
import type { FieldModel, Model } from '../../../definitions/model/model.ts'
import type { ProcessView, WorkItem } from '../../../processes/index.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import type { FieldMeta, ProcessAnswer, WorkItemAnswer } from '../../contract/types.ts'
import { fieldMeta } from '../../meta/field-meta.ts'
import { given } from '../../meta/given.ts'
import { visibilityOf, type Visibility } from '../../meta/visibility.ts'

/** The process view of a record of the object as it travels: forms as the interface reads fields everywhere. */
export function presentProcess(
  unit: Pick<UnitOfWork, 'model' | 'principal'>,
  { object, view }: { object: string; view: ProcessView },
): ProcessAnswer {
  const visibility = visibilityFor(unit)
  return {
    process: view.process,
    label: view.label,
    states: [...view.states],
    tags: [...view.tags] as ProcessAnswer['tags'],
    ended: view.ended,
    path: view.path.map(given) as ProcessAnswer['path'],
    events: view.events.map((event) =>
      given({ ...event, form: formMeta(visibility, event.form, object) }),
    ) as ProcessAnswer['events'],
    parts: view.parts.map((part) => ({
      ...part,
      states: part.states.map(given),
    })) as unknown as ProcessAnswer['parts'],
    work_items: view.work_items.map((item) => present(visibility, item)),
    approvals: view.approvals as unknown as ProcessAnswer['approvals'],
    due: view.due.map((due) => ({ ...due })),
  }
}

/** A work item as it travels. */
export function presentWorkItem(
  unit: { model: Model; principal: UnitOfWork['principal'] },
  item: WorkItem,
): WorkItemAnswer {
  return present(visibilityFor(unit), item)
}

function present(visibility: Visibility, item: WorkItem): WorkItemAnswer {
  return given({
    ...item,
    candidates: { ...item.candidates },
    added: item.added.map((each) => ({ ...each })),
    can: [...item.can],
    form: formMeta(visibility, item.form, item.object),
    outcome: item.outcome ?? undefined,
  }) as WorkItemAnswer
}

function visibilityFor({ model, principal }: Pick<UnitOfWork, 'model' | 'principal'>): Visibility {
  return visibilityOf(model, rightsOfPrincipal(model, principal))
}

function formMeta(
  visibility: Visibility,
  form: ReadonlyMap<string, FieldModel>,
  object: string,
): Record<string, FieldMeta> {
  return Object.fromEntries(
    [...form].map(([name, field]) => [name, fieldMeta(visibility, field, { isWritable: true, object })]),
  )
}
