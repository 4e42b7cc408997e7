import type { MacroNode } from '../tree.ts'
import { countStep, type Frame, type Run } from './frame.ts'

interface MacroParts {
  readonly list: Run
  readonly condition: Run | undefined
  readonly body: Run | undefined
}

/** A macro over a list; a blank list has no elements. */
export function compileMacro({ macro, slot }: MacroNode, { list, condition, body }: MacroParts): Run {
  const elements = (frame: Frame) => (list(frame) as readonly unknown[] | null) ?? []
  const holds = (frame: Frame, element: unknown) => {
    countStep(frame)
    frame.locals[slot] = element
    return !condition || condition(frame) === true
  }
  switch (macro) {
    case 'exists':
      return (frame) => elements(frame).some((element) => holds(frame, element))
    case 'all':
      return (frame) => elements(frame).every((element) => holds(frame, element))
    case 'exists_one':
      return (frame) => elements(frame).filter((element) => holds(frame, element)).length === 1
    case 'filter':
      return (frame) => elements(frame).filter((element) => holds(frame, element))
    case 'map':
      return (frame) => {
        const results: unknown[] = []
        for (const element of elements(frame)) {
          if (holds(frame, element)) results.push(body!(frame))
        }
        return results
      }
  }
}
