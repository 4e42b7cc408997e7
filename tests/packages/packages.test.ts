import { describe, expect, test } from 'vitest'
import { loadProject } from '../../platform/definitions/load/load-project.ts'
import type { LocalText } from '../../platform/definitions/model/model.ts'
import { drawingOf } from '../../platform/processes/picture/drawing.ts'
import { loadShipped, repository, shippedModel } from './shipped-packages.ts'

const model = shippedModel()
const people = [...model.roles.keys()]
/** Objects that packages declare; `user` and `team` come with the platform. */
const declared = [...model.objects.values()]

test('the shipped packages check without an error or a warning', () => {
  expect(loadShipped().problems).toEqual([])
})

describe('texts', () => {
  test('every text of the packages is there in English and in Chinese', () => {
    const project = loadProject({ folder: repository, shippedFolder: repository })
    const sources = ['crm', 'sales'].flatMap((name) => project.packages.get(name)?.documents ?? [])
    const texts = sources.flatMap(({ source }) => textsIn(source.value, source.file))
    expect(texts.length).toBeGreaterThan(500)
    expect(texts.filter(({ text }) => !isComplete(text)).map(({ at }) => at)).toEqual([])
  })

  test('Chinese texts are Chinese', () => {
    const chinese = [...model.objects.values()].flatMap((object) =>
      [object.label, object.plural, ...[...object.fields.values()].map(({ label }) => label)].map(inChinese),
    )
    expect(chinese.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
  })

  test('what processes invoke has a name in pictures, in both languages', () => {
    const names = [...model.processes.values()].flatMap((process) =>
      drawingOf(process).states.flatMap(({ invocations }) =>
        invocations.map(({ id, title }) => ({
          at: `${process.name}.${id}`,
          isNamed: title !== undefined && isComplete(title),
        })),
      ),
    )
    expect(names.filter(({ isNamed }) => !isNamed)).toEqual([])
    expect(names.length).toBeGreaterThan(10)
  })

  test('no two fields of an object bear the same label', () => {
    const doubled = declared.flatMap(({ name, fields }) =>
      ['en', 'zh-CN'].flatMap((locale) => {
        const labels = [...fields.values()].map(({ label }) => (label as Record<string, string>)[locale])
        return labels.filter((label, at) => labels.indexOf(label) !== at).map((label) => `${name}: ${label}`)
      }),
    )
    expect(doubled).toEqual([])
  })
})

describe('what people can reach', () => {
  test.each(declared.map(({ name }) => name))('%s has a page and a view', (name) => {
    expect([...model.pages.values()].filter(({ object }) => object === name)).toHaveLength(1)
    expect([...model.views.values()].filter(({ object }) => object === name)).not.toHaveLength(0)
  })

  test('every field of an object is on its page', () => {
    const missing = declared.flatMap(({ name, fields, parent }) => {
      const page = [...model.pages.values()].find(({ object }) => object === name)
      const shown = new Set(page?.sections.flatMap((section) => section.fields))
      return (
        [...fields.values()]
          .filter((field) => !field.isSystem && !shown.has(field.name) && field !== parent)
          // The state is the path at the head of the page, a count stands at its related list.
          .filter(({ type, rollup }) => type.name !== 'state' && rollup?.function !== 'count')
          .map((field) => `${name}.${field.name}`)
      )
    })
    expect(missing).toEqual([])
  })

  test('every object but a line stands in an app or on the page of another object', () => {
    const inApps = new Set([...model.apps.values()].flatMap(({ items }) => items.map(({ object }) => object)))
    const related = new Set(
      [...model.pages.values()].flatMap((page) => page.related.map(({ object }) => object)),
    )
    const lost = declared.filter(({ name, parent }) => !parent && !inApps.has(name) && !related.has(name))
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  test('every lifecycle has a board by its state', () => {
    const boards = [...model.views.values()].filter(({ type }) => type === 'board')
    for (const { name, lifecycle } of declared.filter((object) => object.lifecycle !== undefined))
      expect(boards.map(({ object, columnsBy }) => [object, columnsBy])).toContainEqual([
        name,
        lifecycle?.stateField,
      ])
  })
})

describe('who may do what', () => {
  const mayChange = (role: string, object: string) => {
    const rights = model.roles.get(role)?.objects
    return (rights?.get(object) ?? rights?.get('*'))?.update.level !== 'none'
  }
  const senders = (object: string, { allowedRoles }: { allowedRoles: ReadonlySet<string> | undefined }) =>
    people.filter((role) => (allowedRoles === undefined ? mayChange(role, object) : allowedRoles.has(role)))

  test('every event may be sent by somebody, but those that processes send each other', () => {
    for (const { name, object, events } of model.processes.values())
      for (const event of [...events.values()].filter(({ allowedRoles }) => allowedRoles?.size !== 0))
        expect(senders(object, event), `${name}.${event.name}`).not.toHaveLength(0)
  })

  test('an administrator may send whatever a manager may', () => {
    const kept = [...model.processes.values()].flatMap(({ name, object, events }) =>
      [...events.values()]
        .filter((event) => senders(object, event).includes('sales_manager'))
        .filter((event) => !senders(object, event).includes('administrator'))
        .map((event) => `${name}.${event.name}`),
    )
    expect(kept).toEqual(['lead_qualification.take_over'])
  })

  test('the role that processes write with may write all that they write', () => {
    for (const { name, runAs, object } of model.processes.values()) {
      expect(runAs, name).toBe('operations')
      expect(model.roles.get('operations')?.objects.get(object)?.update).toEqual({
        level: 'all',
        where: undefined,
      })
    }
  })

  test('sellers see the deals of their team, change their own, and neither closed deals nor finished quotes', () => {
    const seller = model.roles.get('seller')?.objects
    const rights = (object: string, right: 'read' | 'update') => {
      const { level, where } = seller?.get(object)?.[right] ?? { level: undefined, where: undefined }
      return [level, where?.text]
    }
    expect(rights('opportunity', 'read')).toEqual(['team', undefined])
    expect(rights('opportunity', 'update')).toEqual(['own', "!(record.stage in ['won', 'lost'])"])
    expect(rights('quote', 'update')).toEqual(['own', "record.status == 'draft'"])
    expect(rights('sales_order', 'update')).toEqual(['none', undefined])
    expect(seller?.get('sales_order')?.create).toBe(false)
  })

  test('costs stay hidden from sellers, what is computed from them included', () => {
    const seller = model.roles.get('seller')?.objects
    const hidden = (object: string) =>
      [...(seller?.get(object)?.fields ?? [])].filter(([, right]) => right === 'hidden').map(([name]) => name)
    expect(hidden('product')).toEqual(['cost'])
    const secret = new Set(hidden('campaign'))
    const open = [...(model.objects.get('campaign')?.fields.values() ?? [])].filter(
      ({ name }) => !secret.has(name),
    )
    for (const { formula } of open)
      for (const path of formula?.expression.paths ?? []) expect(secret).not.toContain(path[1])
  })
})

const textKeys = ['label', 'plural', 'description', 'help', 'message', 'title']

function textsIn(value: unknown, at: string): { at: string; text: LocalText }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    // What is beneath are expressions, by the names of fields.
    if (key === 'values') return []
    // A transition's description is a note to implementers.
    const isNote = key === 'description' && at.includes('/machine/')
    if (textKeys.includes(key) && !isNote && isText(inner)) return [{ at: `${at} ${key}`, text: inner }]
    return textsIn(inner, `${at}/${key}`)
  })
}

/** A field may be called `title`, too. */
function isText(value: unknown): value is LocalText {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !('type' in value))
}

function isComplete(text: LocalText): boolean {
  return typeof text === 'object' && Boolean(text.en) && Boolean(text['zh-CN'])
}

function inChinese(text: LocalText): string {
  return typeof text === 'string' ? text : (text['zh-CN'] ?? '')
}
