import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

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
  const { code } = await bundleWorkflowCode({
    workflowsPath: path('./process-workflow.ts'),
    logger: new DefaultLogger('WARN'),
    preloadModules: [path('../engine/index.ts'), path('../rules/index.ts')],
  });
  mkdirSync(cacheFolder, { recursive: true });
  // Renamed into place, so that another process never reads half of it.
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
  return { code };
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
