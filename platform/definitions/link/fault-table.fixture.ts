import { mergePatch } from '../load/merge-patch.ts'
import { buildModel } from './build-model.ts'
import type { GivenDocuments } from './complete-documents.ts'
import { salesDocuments } from './sales-documents.fixture.ts'

/** The problems of the sound documents after a merge patch, as `code kind/name/pointer`. */
export function faultsAfter(patch: unknown): string[] {
  const { problems } = buildModel({ documents: mergePatch(salesDocuments, patch) as GivenDocuments })
  return problems.map(({ severity, code, place }) => {
    const document = place.file.replace('.json', '')
    return `${severity === 'warning' ? 'warning ' : ''}${code} ${document}${place.pointer}`
  })
}

/** A patch of the fields of the opportunity. */
export function withFields(fields: unknown): unknown {
  return { object: { opportunity: { fields } } }
}

/** A patch of the process. */
export function withProcess(process: unknown): unknown {
  return { process: { pipeline: process } }
}

/** A patch of the states of the machine. */
export function withStates(states: unknown): unknown {
  return withProcess({ machine: { states } })
}
