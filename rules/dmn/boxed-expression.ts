/** A variable: its name, spaces included, and its type. */
export interface InformationItem {
  readonly name: string;
  readonly typeRef?: string;
}

interface Common {
  readonly id?: string;
  readonly label?: string;
  readonly typeRef?: string;
}

/** The logic of a decision, by DMN's own kinds. DMN 1.5 §7.3.1 and §10.5.1. */
export type BoxedExpression = Common &
  (
    | { readonly kind: 'literal'; readonly text: string; readonly expressionLanguage?: string }
    | ({ readonly kind: 'decisionTable' } & DecisionTable)
    | { readonly kind: 'context'; readonly entries: readonly ContextEntry[] }
    | { readonly kind: 'list'; readonly items: readonly BoxedExpression[] }
    | { readonly kind: 'relation'; readonly columns: readonly InformationItem[]; readonly rows: readonly (readonly BoxedExpression[])[] }
    | { readonly kind: 'invocation'; readonly called: BoxedExpression; readonly bindings: readonly { readonly parameter: InformationItem; readonly value?: BoxedExpression }[] }
    | { readonly kind: 'function'; readonly functionKind: 'FEEL' | 'Java' | 'PMML'; readonly parameters: readonly InformationItem[]; readonly body?: BoxedExpression }
    | { readonly kind: 'conditional'; readonly if: BoxedExpression; readonly then: BoxedExpression; readonly else: BoxedExpression }
    | { readonly kind: 'for' | 'some' | 'every'; readonly iteratorVariable: string; readonly in: BoxedExpression; readonly result: BoxedExpression }
    | { readonly kind: 'filter'; readonly in: BoxedExpression; readonly match: BoxedExpression }
  );

/** An entry without a variable is the result of its context. */
export interface ContextEntry {
  readonly variable?: InformationItem;
  readonly value: BoxedExpression;
}

/** How the rules that match become one answer. DMN 1.5 §8.2.8. */
export type HitPolicy = 'UNIQUE' | 'ANY' | 'PRIORITY' | 'FIRST' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';

/** Cells are text: unary tests on the left, literal expressions on the right. DMN 1.5 §8. */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'MIN' | 'MAX' | 'COUNT';
  readonly outputLabel?: string;
  readonly inputs: readonly { readonly id?: string; readonly label?: string; readonly expression: string; readonly typeRef?: string; readonly values?: string }[];
  readonly outputs: readonly { readonly id?: string; readonly name?: string; readonly label?: string; readonly typeRef?: string; readonly values?: string; readonly defaultValue?: string }[];
  readonly annotations: readonly string[];
  readonly rules: readonly { readonly id?: string; readonly description?: string; readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly annotations: readonly string[] }[];
}
