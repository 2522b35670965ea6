import type { Command } from 'commander';
import type { CheckFinding } from '#engine';
import { readProcess, UsageError } from './process-folder.ts';

/** `careloop check FILE`: findings of a definition. Exit 0 without errors, 1 with, 2 for wrong usage. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check a process definition and say what is wrong, with the element or JSON path')
    .argument('<file>', 'definition (JSON) or process folder')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { readonly json?: boolean }, command: Command) => {
      const findings = await guarded(command, () => findingsOf(file));
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      if (options.json) process.stdout.write(`${JSON.stringify({ ok: errors === 0, findings }, null, 2)}\n`);
      else process.stdout.write(`${findings.map(describe).join('')}${errors === 0 ? '通过 / passed' : `${errors} 个错误 / error(s)`}\n`);
      process.exitCode = errors === 0 ? 0 : 1;
    });
}

async function findingsOf(file: string): Promise<readonly CheckFinding[]> {
  const { check, parseDefinition } = await import('#engine');
  const parsed = parseDefinition(readProcess(file).json);
  return parsed.ok ? check(parsed.definition) : parsed.findings;
}

/** One finding as a line. */
export function describe({ code, severity, message, elementId, path }: CheckFinding): string {
  return `${severity} ${elementId ?? path ?? '/'} ${code}: ${message}\n`;
}

/** Runs a command's work; what was wrongly given ends with exit code 2. */
export async function guarded<Result>(command: Command, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) return command.error(error.message, { exitCode: 2 });
    throw error;
  }
}
