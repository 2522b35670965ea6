/** Rule sets as files: DMN and JSON, in and out, in a thread of their own. */
export { createRuleSetFiles, type RuleSetFiles } from './rule-set-files.ts';
export type { FileFinding, FileFormat } from './read-rule-set-file.ts';
export type { DecisionSummary, FileSummary, ImportedDocument, WrittenFile } from './rule-set-file-thread.ts';
