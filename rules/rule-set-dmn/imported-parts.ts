import type { BoxedExpression } from '../dmn/boxed-expression.ts';
import type { Decision, DecisionModel, DmnFinding } from '../dmn/decision-model.ts';
import type { TableColumn } from '../table/table.ts';
import type { RuleSetExtension } from './extension.ts';

/** A decision whose logic is a table. */
export type TableOfDmn = BoxedExpression & { readonly kind: 'decisionTable' };

/** A column of the rule set, and where the file has it. */
export interface PlacedColumn {
  readonly column: TableColumn;
  readonly from?: { readonly part: 'inputs' | 'outputs' | 'annotations'; readonly place: number };
}

/** What Careloop said of the rule set when it wrote the file, and the model that it wrote then. */
export interface OwnHead {
  readonly extension: RuleSetExtension;
  readonly written: DecisionModel;
}

/** What the parts of an import need. */
export interface HeadContext {
  readonly decision: Decision;
  readonly table: TableOfDmn;
  readonly model: DecisionModel;
  readonly own: OwnHead | undefined;
  readonly findings: DmnFinding[];
}
