/** Process content: reading the folders under `processes/` and publishing them. */
export { canonicalJson } from './canonical-json.ts';
export { loadProcess, loadProcesses, loadRuleLibrary, ProcessFolderError, type FormDocument, type LoadedProcess } from './load-processes.ts';
export { publishLoaded, publishProcess, publishRuleLibrary, VersionConflictError, type Published } from './publish-process.ts';
