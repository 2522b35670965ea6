/** The Temporal shell around the engine. The workflow itself is bundled from `process-workflow.ts`, never imported. */
export type { ProcessWorkflowInput, ProcessWorkflowResult, ResumedInstance } from './process-input.ts';
export { updateNames, type InstanceUpdates, type UpdateAccepted, type UpdateInput, type UpdateName } from './updates.ts';
export { bundleArgument } from './bundle-argument.ts';
export { bundleProcessWorkflow, bundleWorkflow } from './bundle.ts';
