import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { guarded } from './check.ts';
import { jsonFiles, readProcess, UsageError } from './process-folder.ts';
import { DefinitionRefused, executable, readScript } from './simulate.ts';

interface ScenarioOutcome {
  readonly file: string;
  readonly passed: boolean;
  readonly failures: readonly string[];
}

/** `careloop scenario DIR|FILE`: plays scenario files and compares. Exit 0 when all pass, 1 when one fails, 2 for wrong usage. */
export function registerScenario(program: Command): void {
  program
    .command('scenario')
    .description('play the scenarios of a process folder, or one of them, and compare with what they expect')
    .argument('<path>', 'process folder, folder of scenarios, or scenario file')
    .option('--process <path>', 'definition or process folder (default: the folder above the scenarios)')
    .option('--json', 'print one JSON document')
    .action(async (path: string, options: { readonly process?: string; readonly json?: boolean }, command: Command) => {
      const outcomes = await guarded(command, () => playAll(path, options.process));
      const failed = outcomes.filter(({ passed }) => !passed).length;
      if (options.json) process.stdout.write(`${JSON.stringify({ passed: outcomes.length - failed, failed, scenarios: outcomes }, null, 2)}\n`);
      else {
        for (const { file, passed, failures } of outcomes) process.stdout.write(`${passed ? '✓' : '✗'} ${basename(file)}\n${failures.map((failure) => `    ${failure}\n`).join('')}`);
        process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed\n`);
      }
      process.exitCode = failed === 0 ? 0 : 1;
    });
}

async function playAll(path: string, processPath: string | undefined): Promise<ScenarioOutcome[]> {
  const files = scenarioFiles(path);
  const first = files[0];
  if (first === undefined) throw new UsageError(`Expected scenario files in ${path}, but there are none`);
  const { simulate } = await import('#engine');
  const folder = readProcess(processPath ?? dirname(dirname(resolve(first))));
  try {
    const bundle = await executable(folder);
    const outcomes: ScenarioOutcome[] = [];
    for (const file of files) {
      const { expectationFailures } = simulate(bundle, await readScript(file), { ruleSets: folder.ruleSets });
      outcomes.push({ file, passed: expectationFailures.length === 0, failures: expectationFailures });
    }
    return outcomes;
  } catch (error) {
    if (!(error instanceof DefinitionRefused)) throw error;
    return files.map((file) => ({ file, passed: false, failures: error.message.trim().split('\n') }));
  }
}

function scenarioFiles(path: string): string[] {
  if (!existsSync(path)) throw new UsageError(`Expected scenarios, but ${path} does not exist`);
  if (!statSync(path).isDirectory()) return [path];
  const inner = join(path, 'scenarios');
  return jsonFiles(existsSync(inner) ? inner : path);
}
