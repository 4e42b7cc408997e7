import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { EffectiveRights } from '../../access/rights.ts'
import type { Model } from '../../definitions/model/model.ts'

/** An answer that depends on Model and rights alone: made once, then sent as it is. */
export interface KeptAnswer {
  readonly text: string
  readonly etag: string
  readonly gzipped: Uint8Array<ArrayBuffer>
}

/** Keeps one answer per (Model, rights) for the life of the Model. */
export function keepAnswers(
  make: (model: Model, rights: EffectiveRights) => unknown,
): (model: Model, rights: EffectiveRights) => KeptAnswer {
  const kept = new WeakMap<Model, Map<string, KeptAnswer>>()
  return (model, rights) => {
    const byRights = kept.get(model) ?? new Map<string, KeptAnswer>()
    kept.set(model, byRights)
    const known = byRights.get(rights.key)
    if (known !== undefined) return known
    const text = JSON.stringify(make(model, rights))
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    const answer = { text, etag, gzipped: new Uint8Array(gzipSync(text)) }
    byRights.set(rights.key, answer)
    return answer
  }
}
