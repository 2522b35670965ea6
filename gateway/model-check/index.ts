export { maximumFindings, type CheckedProcess, type ModelCheck, type ModelFinding, type ModelInput } from './check-model.ts';
export { createModelChecker, type ModelAnswer, type ModelChecker } from './model-checker.ts';
