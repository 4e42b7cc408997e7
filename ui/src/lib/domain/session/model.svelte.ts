import { api } from '#lib/shared/api/client.ts'
import type { FieldMeta, Meta, ObjectMeta, PageMeta, ProcessMeta, ViewMeta } from '#lib/shared/api/types.ts'

/** What is declared, as far as the signed-in person may see it. */
class Model {
  #meta = $state.raw<Meta | undefined>(undefined)

  show(meta: Meta | undefined): void {
    this.#meta = meta
  }

  /** Fetches the declarations again, after somebody published. */
  async refresh(): Promise<void> {
    this.#meta = await api.get<Meta>('/meta')
  }

  get currency(): string {
    return this.#meta?.currency ?? 'USD'
  }

  get hasQueues(): boolean {
    return this.#meta?.has_queues === true
  }

  get apps(): Meta['apps'] {
    return this.#meta?.apps ?? []
  }

  get objects(): readonly ObjectMeta[] {
    return Object.values(this.#meta?.objects ?? {})
  }

  object(name: string): ObjectMeta | undefined {
    return this.#meta?.objects[name]
  }

  process(name: string | undefined): ProcessMeta | undefined {
    return name === undefined ? undefined : this.#meta?.processes[name]
  }

  /** The process that governs records of an object. */
  lifecycle(object: ObjectMeta): ProcessMeta | undefined {
    return this.process(object.lifecycle?.process)
  }

  /** The declared views of an object; one with its first fields where none is declared. */
  views(object: ObjectMeta): readonly ViewMeta[] {
    const declared = (this.#meta?.views ?? []).filter((view) => view.object === object.name)
    return declared.length > 0 ? declared : [plainView(object)]
  }

  /** The declared page of an object; one section with all its fields where none is declared. */
  page(object: ObjectMeta): PageMeta {
    return this.#meta?.pages[object.name] ?? plainPage(object)
  }
}

export const model = new Model()

/** The fields that a person may see and that belong to the record itself. */
export function ownFields(object: ObjectMeta): readonly FieldMeta[] {
  return Object.values(object.fields).filter((field) => !field.system)
}

function plainView(object: ObjectMeta): ViewMeta {
  const columns = ownFields(object)
    .filter((field) => !['lines', 'json', 'long_text', 'address', 'references'].includes(field.type))
    .map((field) => field.name)
  const named = [object.name_field, ...columns.filter((name) => name !== object.name_field)]
  return {
    name: `${object.name}__all`,
    object: object.name,
    label: object.plural,
    type: 'list',
    columns: named.slice(0, 8),
    sort: [],
    totals: {},
  }
}

function plainPage(object: ObjectMeta): PageMeta {
  const shown = ownFields(object)
  const lines = shown.filter((field) => field.type === 'lines')
  return {
    facts: [],
    sections: [
      {
        name: 'all',
        label: object.label,
        columns: 2,
        fields: shown.filter((field) => field.type !== 'lines').map((field) => field.name),
      },
      ...lines.map((field) => ({ name: field.name, label: field.label, columns: 1, fields: [field.name] })),
    ],
    related: [],
  }
}
