import { z } from 'zod'
import { meta as declared } from '../../platform/server/contract/meta.ts'

export type { ObjectMeta } from '../../platform/server/contract/types.ts'

/** The contract, which refuses members that it does not name. */
export const meta = declared.and(z.unknown())
