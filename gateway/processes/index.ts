/** Process content: reading the folders under `processes/` and publishing them. */
export { canonicalJson } from './canonical-json.ts';
export { loadContentCases, loadProcess, loadProcesses, loadRuleLibrary, ProcessFolderError, type FormDocument, type LoadedProcess, type RuleSetWithCases } from './load-processes.ts';
export { publishLoaded, publishProcess, publishRuleLibrary, VersionConflictError, type Published } from './publish-process.ts';
export { publishContentCases } from './publish-content-cases.ts';
