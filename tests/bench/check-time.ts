import { buildModel } from '../../platform/definitions/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { planModel } from '../../platform/publishing/index.ts'

/** Check and plan of 200 objects of 30 fields each, in one process that has done nothing else. */
export async function measureCheck(database: Database): Promise<string> {
  const object = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`thing_${at}`, thing(at)]))
  const begun = performance.now()
  const { model, problems } = buildModel({ documents: { object } })
  if (model === undefined) throw new Error(problems.map((problem) => problem.message).join('; '))
  const { steps } = await planModel({ database, tenant: 'planned', model })
  return `check and plan of 200 objects of 30 fields: ${((performance.now() - begun) / 1000).toFixed(2)} s, ${steps.length} steps (goal 2)`
}

function thing(at: number) {
  const kinds = [
    { type: 'text', max_length: 80 },
    { type: 'money', minimum: 0 },
    { type: 'date' },
    { type: 'choice', choices: { a: {}, b: {}, c: {} } },
    { type: 'reference', to: `thing_${(at + 1) % 200}` },
    { type: 'integer', required_when: 'record.f0 != null' },
  ]
  const fields = Object.fromEntries(
    Array.from({ length: 29 }, (_, index) => [`f${index}`, kinds[index % kinds.length]]),
  )
  return {
    name: `thing_${at}`,
    label: `Thing ${at}`,
    plural: `Things ${at}`,
    name_field: 'f0',
    fields: {
      ...fields,
      total: { type: 'formula', returns: 'money', expression: 'record.f1 * 2 + record.f7' },
    },
    validations: { order: { invalid_when: 'record.f2 > record.f8', message: 'Wrong order.' } },
  }
}
