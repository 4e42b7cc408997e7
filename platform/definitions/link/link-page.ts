import type { PageDocument } from '../documents.generated.ts'
import type { PageModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileCondition } from './compile.ts'
import { splitOf } from './draft-field.ts'
import { checkPointsBack } from './look-up.ts'
import { findField } from './look-up.ts'
import { linkColumns } from './link-view.ts'
import { checkObject } from './look-up.ts'
import type { Linkage } from './linkage.ts'
import { inOrder } from './order.ts'
import { recordOf, userType } from './scope.ts'

type Document = Readonly<Record<string, unknown>>

/** The pages by name; an object has one. */
export function linkPages(
  linkage: Linkage,
  documents: Readonly<Record<string, Document>>,
): ReadonlyMap<string, PageModel> {
  const pages = new Map<string, PageModel>()
  const owners = new Map<string, string>()
  for (const [name, document] of Object.entries(documents)) {
    const page = linkPage(linkage, name, document)
    if (page === undefined) continue
    const other = owners.get(page.object)
    if (other !== undefined)
      linkage.problems.error({
        at: { kind: 'page', name, path: ['object'] },
        code: 'second_page',
        message: `"${page.object}" has the page "${other}" already.`,
        remedy: `Remove one, or overlay "${other}".`,
      })
    owners.set(page.object, name)
    pages.set(name, page)
  }
  return pages
}

/** The page of an object's record; undefined where its object does not exist. */
function linkPage(linkage: Linkage, name: string, document: Document): PageModel | undefined {
  const at: Address = { kind: 'page', name, path: [] }
  const object = document.object as string
  if (!checkObject(linkage, object, inside(at, 'object'))) return undefined
  const facts = (document.facts ?? []) as string[]
  checkFields(linkage, { object, fields: facts, at: inside(at, 'facts') })
  return {
    name,
    object,
    facts,
    sections: linkSections(linkage, { at, object, document }),
    related: linkRelated(linkage, { at, object, document }),
  }
}

interface Source {
  readonly at: Address
  readonly object: string
  readonly document: Document
}

function linkSections(linkage: Linkage, { at, object, document }: Source): PageModel['sections'] {
  return inOrder((document as unknown as PageDocument).sections).map(([name, section]) => {
    const place = inside(at, 'sections', name)
    checkFields(linkage, { object, fields: section.fields, at: inside(place, 'fields') })
    return {
      name,
      label: section.label,
      columns: section.columns ?? 2,
      fields: section.fields,
      visibleWhen: visibility(linkage, {
        object,
        text: section.visible_when,
        at: inside(place, 'visible_when'),
      }),
    }
  })
}

function linkRelated(linkage: Linkage, { at, object, document }: Source): PageModel['related'] {
  return inOrder((document as unknown as PageDocument).related).flatMap(([name, list]) => {
    const place = inside(at, 'related', name)
    const of = splitOf(list.of)
    if (!checkPointsBack(linkage, { of, object, at: inside(place, 'of') })) return []
    const columns = linkColumns(linkage, {
      object: of.object,
      columns: list.columns,
      at: inside(place, 'columns'),
    })
    const label = list.label ?? linkage.objects.get(of.object)?.plural ?? of.object
    const visibleWhen = visibility(linkage, {
      object,
      text: list.visible_when,
      at: inside(place, 'visible_when'),
    })
    return [{ name, label, ...of, columns, visibleWhen }]
  })
}

function checkFields(
  linkage: Linkage,
  { object, fields, at }: { object: string; fields: readonly string[]; at: Address },
): void {
  const model = linkage.objects.get(object)
  if (model === undefined) return
  for (const [position, name] of fields.entries()) {
    findField(linkage, { object: model, name, at: inside(at, position) })
    if (fields.indexOf(name) !== position)
      linkage.problems.error({
        at: inside(at, position),
        code: 'repeated',
        message: `The field "${name}" is there twice.`,
        remedy: 'Remove one.',
      })
  }
}

function visibility(
  linkage: Linkage,
  { object, text, at }: { object: string; text: string | undefined; at: Address },
) {
  const variables = { record: recordOf(object), user: userType }
  return text === undefined ? undefined : compileCondition(linkage, { at, text, variables })
}
