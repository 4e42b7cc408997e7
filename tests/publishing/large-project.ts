import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a project of many objects, to measure how check and plan grow. */
export function writeLargeProject(
  folder: string,
  { objects, fields }: { objects: number; fields: number },
): void {
  mkdirSync(join(folder, 'metadata/large/objects'), { recursive: true })
  write(folder, 'tessera.project.json', { tenants: { large: { packages: ['large'] } } })
  write(folder, 'metadata/large/tessera.json', { name: 'large', version: '1.0.0' })
  for (let number = 0; number < objects; number++) {
    const name = `object_${number}`
    write(folder, `metadata/large/objects/${name}.json`, {
      name,
      label: { en: name, 'zh-CN': name },
      plural: { en: name, 'zh-CN': name },
      name_field: 'title',
      fields: declaredFields(number, fields),
      validations: {
        in_order: { invalid_when: 'record.number_1 < 0', message: { en: 'Negative.', 'zh-CN': '负数。' } },
      },
    })
  }
}

function declaredFields(object: number, count: number): Record<string, object> {
  const fields: Record<string, object> = {
    title: { type: 'text', required: true, label: { en: 'Title', 'zh-CN': '名称' } },
    number_1: { type: 'integer', indexed: true },
    amount: { type: 'money' },
    share: { type: 'percent' },
    weighted: { type: 'formula', returns: 'money', expression: 'record.amount * record.share / 100' },
    previous: { type: 'reference', to: `object_${Math.max(0, object - 1)}` },
  }
  if (object === 0)
    fields.followers = { type: 'rollup', of: 'object_1.previous', function: 'count', returns: 'integer' }
  const types = ['text', 'integer', 'decimal', 'date', 'datetime', 'boolean', 'long_text', 'email']
  for (let number = Object.keys(fields).length; number < count; number++)
    fields[`field_${number}`] = {
      type: types[number % types.length],
      label: { en: `Field ${number}`, 'zh-CN': `字段 ${number}` },
    }
  return fields
}

function write(folder: string, path: string, content: object): void {
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2))
}
