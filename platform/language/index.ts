export { compileExpression, type CompileOptions } from './compile.ts'
export { describeType, expressionTypes } from './expression-types.ts'
export { type FunctionEntry, functionLibrary } from './functions/library.ts'
export { MomentSlot, momentParams, momentValue } from './sql/moments.ts'
export { quoteLiteral } from './sql/quote.ts'
export type {
  Expression,
  ExpressionFault,
  ExprType,
  Moment,
  ObjectShape,
  Scope,
  SqlBinding,
  Value,
} from './types.ts'
