/** Bounds of one expression; what exceeds them is refused when it is compiled. */
export const limits = {
  textLength: 10_000,
  nodes: 2_000,
  depth: 100,
  listElements: 1_000,
  callArguments: 32,
  /** Macros inside macros. */
  macroDepth: 3,
  /** Steps of all macros in one evaluation; beyond it the result is blank. */
  macroSteps: 100_000,
  /** Characters of the compiled SQL; rounding and dates repeat their operands, so nesting could multiply them. */
  sqlLength: 100_000,
} as const
