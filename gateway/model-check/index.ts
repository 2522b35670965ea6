export { maximumFindings, type ModelFinding, type ModelInput } from './check-model.ts';
export type { WrittenCheck, WrittenProcess } from './model-check-thread.ts';
export { createModelChecker, type ModelAnswer, type ModelChecker } from './model-checker.ts';
