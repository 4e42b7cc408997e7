import type { PromiseModel, TargetModel } from '../../definitions/model/service-level.ts'
import { servicePromise, type ServicePromise } from './promise.ts'

const made = new WeakMap<PromiseModel, Map<string, ServicePromise>>()

/** The promise ready for arithmetic, with one of its targets; made once for each. */
export function modelPromise(promise: PromiseModel, { name, calendar, target }: TargetModel): ServicePromise {
  const byTarget = made.get(promise) ?? new Map<string, ServicePromise>()
  made.set(promise, byTarget)
  let found = byTarget.get(name)
  if (found === undefined)
    byTarget.set(name, (found = servicePromise(promise.declaration, { calendar, target })))
  return found
}

/** The target by name; the usual one where it is no longer declared. */
export function targetNamed({ targets }: PromiseModel, name: string): TargetModel {
  return (targets.find((target) => target.name === name) ?? targets.at(-1)) as TargetModel
}
