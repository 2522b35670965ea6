import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions, type WorkflowBundle } from '@temporalio/worker';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const cacheFolder = path('../node_modules/.cache/careloop');

/** What the bundle is made of: a change in any of them makes another bundle. */
const sourceFolders = ['../workflows', '../engine', '../rules'].map(path);

/**
 * Bundles the process workflow for workers, once for the same sources and packages. Engine and rules are
 * preloaded: they are evaluated, and plans compiled, once a worker instead of once an instance.
 */
export async function bundleProcessWorkflow(): Promise<WorkflowBundle> {
  const file = join(cacheFolder, `process-workflow-${sourceHash()}.js`);
  if (existsSync(file)) return { code: readFileSync(file, 'utf8') };
  const { code } = await bundleWorkflow({ workflowsPath: path('./process-workflow.ts'), preloadModules: [path('../engine/index.ts'), path('../rules/index.ts')], payloadConverterPath: path('./payload-converter.ts') });
  mkdirSync(cacheFolder, { recursive: true });
  // Renamed into place, so that another process never reads half of it.
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
  return { code };
}

/** Bundles workflow code for the Node that runs it: the bundler's own target, ES2017, writes spreads and private members as calls. */
export function bundleWorkflow(options: Pick<BundleOptions, 'workflowsPath' | 'preloadModules' | 'payloadConverterPath'>): ReturnType<typeof bundleWorkflowCode> {
  return bundleWorkflowCode({
    ...options,
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({ ...config, module: { ...config.module, rules: (config.module?.rules ?? []).map(withModernTarget) } }),
  });
}

type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];
type WebpackRule = NonNullable<NonNullable<WebpackConfig['module']>['rules']>[number];

function withModernTarget(rule: WebpackRule): WebpackRule {
  if (typeof rule !== 'object' || !rule || typeof rule.use !== 'object' || !('options' in rule.use) || typeof rule.use.options !== 'object') return rule;
  const { options } = rule.use;
  return { ...rule, use: { ...rule.use, options: { ...options, jsc: { ...options['jsc'], target: 'es2022' } } } };
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const folder of sourceFolders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts')) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.update(readFileSync(path('../package-lock.json'))).digest('hex').slice(0, 16);
}
