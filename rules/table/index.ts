export { analyseRuleSet, type AnalysisFinding, type AnalysisLimits, type Example, type RuleSetAnalysis } from '../analysis/analyse-rule-set.ts';
export { applyTableEdit, blockToTsv, type EditedTable, type TableEdit } from './apply-table-edit.ts';
export { fromDecisionTable, type FromTable } from './from-decision-table.ts';
export { checkTable } from './table-cells.ts';
export { TableReader } from './table-reader.ts';
export { columnName, type CellError, type CellProblem, type InputColumn, type KeptMeaning, type RuleTable, type TableCell, type TableColumn, type TableRow } from './table.ts';
export { inputColumn, toDecisionTable } from './to-decision-table.ts';
export { same as sameJson } from '../hit-policy.ts';
export { readTsv, writeTsv } from './tsv.ts';
