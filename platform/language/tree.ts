import type { ExprType } from './types.ts'
import type { Overload } from './functions/define.ts'

/** Where a node stands in the text. */
export interface Place {
  readonly position: number
  readonly length: number
}

interface NodeBase extends Place {
  readonly type: ExprType
}

/** A value known when the expression is compiled, in inner form. */
export interface ConstantNode extends NodeBase {
  readonly kind: 'constant'
  readonly value: unknown
}

/** A value of the scope: a variable, or fields reached from it. */
export interface PathNode extends NodeBase {
  readonly kind: 'path'
  readonly path: readonly string[]
}

/** The variable of an enclosing macro. */
export interface LocalNode extends NodeBase {
  readonly kind: 'local'
  readonly slot: number
  /** The path of the list whose element it is, for the fields of its records that are read. */
  readonly origin?: readonly string[]
}

/** A member of a value that is not a plain path: of an element, of a map, of a dyn value. */
export interface MemberNode extends NodeBase {
  readonly kind: 'member'
  readonly of: ExprNode
  readonly name: string
  readonly origin?: readonly string[]
}

/** An element by position (list) or by key (map, dyn). */
export interface ElementNode extends NodeBase {
  readonly kind: 'element'
  readonly of: ExprNode
  readonly key: ExprNode
}

export interface CallNode extends NodeBase {
  readonly kind: 'call'
  readonly name: string
  readonly overload: Overload
  readonly args: readonly ExprNode[]
}

/** A function or operator on dyn values, whose meaning is found when it runs. */
export interface DynamicCallNode extends NodeBase {
  readonly kind: 'dynamic_call'
  readonly name: string
  readonly args: readonly ExprNode[]
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>='

/** Both sides have the same type, or one is money and the other decimal, or a record and a string. */
export interface CompareNode extends NodeBase {
  readonly kind: 'compare'
  readonly operator: CompareOperator
  readonly left: ExprNode
  readonly right: ExprNode
}

export interface LogicNode extends NodeBase {
  readonly kind: 'logic'
  readonly operator: 'and' | 'or'
  readonly operands: readonly ExprNode[]
}

export interface NotNode extends NodeBase {
  readonly kind: 'not'
  readonly operand: ExprNode
}

export interface BlankNode extends NodeBase {
  readonly kind: 'is_blank'
  readonly operand: ExprNode
}

export interface ConditionalNode extends NodeBase {
  readonly kind: 'conditional'
  readonly condition: ExprNode
  readonly then: ExprNode
  readonly otherwise: ExprNode
}

export interface CoalesceNode extends NodeBase {
  readonly kind: 'coalesce'
  readonly operands: readonly ExprNode[]
}

export interface InNode extends NodeBase {
  readonly kind: 'in'
  readonly element: ExprNode
  readonly list: ExprNode
}

/** Whether a field differs between the record now and before; two blanks do not differ. */
export interface ChangedNode extends NodeBase {
  readonly kind: 'changed'
  readonly now: ExprNode
  readonly before: ExprNode
}

export interface ListNode extends NodeBase {
  readonly kind: 'list'
  readonly elements: readonly ExprNode[]
}

export interface MapNode extends NodeBase {
  readonly kind: 'map'
  readonly entries: readonly { readonly key: string; readonly value: ExprNode }[]
}

export type Macro = 'exists' | 'all' | 'exists_one' | 'filter' | 'map'

export interface MacroNode extends NodeBase {
  readonly kind: 'macro'
  readonly macro: Macro
  readonly list: ExprNode
  readonly slot: number
  readonly condition: ExprNode | undefined
  readonly body: ExprNode | undefined
}

/** `cel.bind`: a name for a value used more than once. */
export interface BindNode extends NodeBase {
  readonly kind: 'bind'
  readonly slot: number
  readonly value: ExprNode
  readonly body: ExprNode
}

/** The same value as another type: int to decimal, anything to dyn, dyn to the type that is needed. */
export interface CoerceNode extends NodeBase {
  readonly kind: 'coerce'
  readonly operand: ExprNode
}

export type ExprNode =
  | ConstantNode
  | PathNode
  | LocalNode
  | MemberNode
  | ElementNode
  | CallNode
  | DynamicCallNode
  | CompareNode
  | LogicNode
  | NotNode
  | BlankNode
  | ConditionalNode
  | CoalesceNode
  | InNode
  | ChangedNode
  | ListNode
  | MapNode
  | MacroNode
  | BindNode
  | CoerceNode
