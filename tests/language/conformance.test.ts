import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sharedData } from '../harness/shared-data.ts'
import { outcomeOf, readCases } from './conformance-cases.ts'

const path = sharedData('conformance/cel_conformance.json')

/** Deliberate differences from CEL: the reason, and the cases that come out differently for it. */
const differences = JSON.parse(
  readFileSync(new URL('./conformance-differences.json', import.meta.url), 'utf8'),
) as Record<string, string[]>

describe.skipIf(!path)('the conformance cases of CEL that need no protobuf', () => {
  it('come out as in CEL, save for the deliberate differences', () => {
    const cases = readCases(path!)
    const different: string[] = []
    const counts: Record<string, number> = {}
    for (const [key, one] of cases) {
      const outcome = outcomeOf(one)
      counts[outcome] = (counts[outcome] ?? 0) + 1
      if (outcome === 'different') different.push(key)
    }
    const passed = cases.size - different.length
    const kinds = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`)
    process.stdout.write(`CEL conformance: ${passed} of ${cases.size} passed (${kinds.join(', ')}).\n`)
    const listed = new Set(Object.values(differences).flat())
    const found = new Set(different)
    expect({
      unexpectedlyDifferent: different.filter((key) => !listed.has(key)),
      unexpectedlyPassing: [...listed].filter((key) => !found.has(key)),
    }).toEqual({ unexpectedlyDifferent: [], unexpectedlyPassing: [] })
  })
})
