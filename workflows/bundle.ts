import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Bundles the process workflow for workers. Engine and rules are preloaded: they are evaluated, and plans
 * compiled, once a worker instead of once an instance.
 */
export async function bundleProcessWorkflow(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: path('./process-workflow.ts'),
    logger: new DefaultLogger('WARN'),
    preloadModules: [path('../engine/index.ts'), path('../rules/index.ts')],
  });
}
