export { analyseRuleSet, type AnalysisFinding, type AnalysisLimits, type RuleSetAnalysis } from '../analysis/analyse-rule-set.ts';
export { fromDecisionTable, type FromTable } from './from-decision-table.ts';
export { checkTable } from './table-cells.ts';
export { columnName, type CellError, type InputColumn, type KeptMeaning, type RuleTable, type TableCell, type TableColumn, type TableRow } from './table.ts';
export { inputColumn, toDecisionTable } from './to-decision-table.ts';
