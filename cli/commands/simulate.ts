import type { Command } from 'commander';
import type { DefinitionFinding, ProcessBundle, Script, SimulationResult, Variables } from '#engine';
import { describe, guarded } from './check.ts';
import { bundleOf, readJson, readJsonArgument, readProcess, UsageError, type ProcessFolder } from './process-folder.ts';

interface Options {
  readonly variables?: string;
  readonly script?: string;
  readonly start?: string;
  readonly autoServices?: boolean;
  readonly json?: boolean;
}

/** The definition is not executable; the findings say why. */
export class DefinitionRefused extends Error {
  readonly findings: readonly DefinitionFinding[];

  constructor(findings: readonly DefinitionFinding[]) {
    super(findings.map(describe).join(''));
    this.findings = findings;
  }
}

/**
 * `careloop simulate FILE`: status, path, variables, open tasks and incidents after a script, or after the start.
 * Exit 0, 1 when an expectation of the script fails, a step is refused or the definition is not executable, 2 for wrong usage.
 */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run a process under a virtual clock, without any server')
    .argument('<file>', 'definition (JSON) or process folder')
    .option('--variables <json>', 'start variables as JSON, or @file')
    .option('--start <element>', 'the start event at which it begins, where there are several')
    .option('--script <file>', 'what happens (docs/scenario-format.md)')
    .option('--auto-services', 'answer every service call with {}')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: Options, command: Command) => {
      await guarded(command, async () => {
        try {
          const result = await run(file, options);
          process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : describeResult(result));
          process.exitCode = result.expectationFailures.length > 0 || (!options.script && result.refused.length > 0) ? 1 : 0;
        } catch (error) {
          if (!(error instanceof DefinitionRefused)) throw error;
          if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, findings: error.findings }, null, 2)}\n`);
          else process.stderr.write(error.message);
          process.exitCode = 1;
        }
      });
    });
}

async function run(file: string, options: Options): Promise<SimulationResult> {
  const { simulate } = await import('#engine');
  const folder = readProcess(file);
  const script = options.script === undefined ? undefined : await readScript(options.script);
  const variables = options.variables === undefined ? {} : readJsonArgument(options.variables, '--variables');
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) throw new UsageError('Expected --variables to be a JSON object, but it is something else');
  if (options.variables !== undefined && script?.steps.some((step) => 'start' in step)) throw new UsageError('Expected the start variables in one place, but both --variables and the script give them');
  if (options.start !== undefined && script?.steps.some((step) => 'start' in step)) throw new UsageError('Expected the start event in one place, but both --start and the script name it');
  // What JSON.parse gives is JSON.
  return simulate(await executable(folder), script, { ruleSets: folder.ruleSets, variables: variables as Variables, ...(options.start === undefined ? {} : { startEventId: options.start }), ...(options.autoServices ? { autoServices: true } : {}) });
}

/** The bundle of a folder. Throws DefinitionRefused with every finding. */
export async function executable(folder: ProcessFolder): Promise<ProcessBundle> {
  const { compile, parseDefinition } = await import('#engine');
  const parsed = parseDefinition(folder.json);
  if (!parsed.ok) throw new DefinitionRefused(parsed.findings);
  const bundle = bundleOf(parsed.definition, folder.ruleSets);
  try {
    compile(bundle);
  } catch (error) {
    // DefinitionError is recognised by its code.
    if (error instanceof Error && 'code' in error && error.code === 'DEFINITION_INVALID' && 'findings' in error) throw new DefinitionRefused(error.findings as DefinitionFinding[]);
    throw error;
  }
  return bundle;
}

/** Reads a script. Throws UsageError with the place. */
export async function readScript(file: string): Promise<Script> {
  const { parseScript } = await import('#engine');
  const parsed = parseScript(readJson(file));
  if (parsed.ok) return parsed.script;
  throw new UsageError(`Expected a script in ${file}, but:\n${parsed.findings.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`);
}

function describeResult(result: SimulationResult): string {
  const lines = [
    `状态 / status: ${result.status} (${result.clock})`,
    `路径 / path: ${result.path.join(' → ')}`,
    `变量 / variables: ${JSON.stringify(result.variables)}`,
    ...result.openTasks.map((task) => `待办 / open task: ${task.element} [${task.candidateRoles.join(', ')}]${task.dueAt ? ` ≤ ${task.dueAt}` : ''}`),
    ...result.waitingFor.map((wait) => `等待 / waiting for ${wait.kind}: ${wait.element}${wait.kind === 'timer' ? ` ${wait.dueAt}` : ''}`),
    ...result.incidents.map((incident) => `异常 / incident: ${incident.element} ${incident.code}: ${incident.message} (${incident.allowed.join(', ')})`),
    ...result.refused.map(({ step, code, message }) => `拒绝 / refused: step ${step} ${code}: ${message}`),
    ...result.expectationFailures.map((failure) => `不符 / not as expected: ${failure}`),
  ];
  return `${lines.join('\n')}\n`;
}
