import type { z } from 'zod'
import type * as accountSecurity from './account-security.ts'
import type * as administration from './administration.ts'
import type * as keys from './keys.ts'
import type * as meta from './meta.ts'
import type * as operation from './operation.ts'
import type * as picture from './picture.ts'
import type * as processes from './processes.ts'
import type * as serviceLevels from './service-levels.ts'
import type * as session from './session.ts'

export type Meta = z.output<typeof meta.meta>
export type ObjectMeta = z.output<typeof meta.objectMeta>
export type FieldMeta = z.output<typeof meta.fieldMeta>
export type ViewMeta = z.output<typeof meta.viewMeta>
export type PageMeta = z.output<typeof meta.pageMeta>
export type AppMeta = z.output<typeof meta.appMeta>
export type ProcessMeta = z.output<typeof meta.processMeta>
export type Session = z.output<typeof session.session>
export type AccountSecurity = z.output<typeof accountSecurity.accountSecurity>
export type SignInWays = z.output<typeof accountSecurity.signInWays>
export type VersionList = z.output<typeof keys.versionList>
export type ProcessAnswer = z.output<typeof processes.processView>
export type RepairAnswer = z.output<typeof operation.repair>
export type ProcessPictureAnswer = z.output<typeof picture.processPicture>
export type ProcessStepAnswer = z.output<typeof picture.processStep>
export type ClocksAnswer = z.output<typeof serviceLevels.clocks>
export type WorkItemAnswer = z.output<typeof processes.workItem>
export type ListedPerson = z.output<typeof administration.listedPerson>
export type ListedRole = z.output<typeof administration.listedRole>
export type PersonState = z.output<typeof administration.personState>
