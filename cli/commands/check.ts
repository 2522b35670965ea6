import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CheckFinding, CheckOptions } from '#engine';
import { bundleOf, readJson, readProcess, UsageError } from './process-folder.ts';

interface Options {
  readonly json?: boolean;
  readonly long?: boolean;
  readonly states?: string;
}

interface Checked {
  readonly path: string;
  readonly ok: boolean;
  readonly findings: readonly CheckFinding[];
}

/** Situations and time for one process: what a person waits for, and what a night may take. */
const budgets = { usual: { maximumStates: 20_000, timeMs: 10_000 }, long: { maximumStates: 1_000_000, timeMs: 600_000 } };
const quietMs = 2_000;

/** `careloop check FILE|FOLDER`: findings of a definition, its runs explored, or of a rule set. Exit 0 without errors, 1 with, 2 for wrong usage. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check a process before it is published: structure, data, every run, clinical rules (docs/check.md); or a rule set')
    .argument('<path>', 'definition or rule set (JSON), process folder, or folder of processes or rule sets')
    .option('--json', 'print one JSON document')
    .option('--long', 'explore up to a million situations or ten minutes')
    .option('--states <number>', 'explore so many situations, however long it takes')
    .action(async (path: string, options: Options, command: Command) => {
      const checked = await guarded(command, () => checkAll(path, options));
      const [only] = checked;
      const ok = checked.every((one) => one.ok);
      const document = checked.length === 1 && only ? { ok: only.ok, findings: only.findings } : { ok, processes: checked };
      process.stdout.write(options.json ? `${JSON.stringify(document, null, 2)}\n` : checked.map((one) => report(one, checked.length > 1)).join('\n'));
      process.exitCode = ok ? 0 : 1;
    });
}

async function checkAll(path: string, options: Options): Promise<Checked[]> {
  const budget = budgetOf(options);
  const checked: Checked[] = [];
  for (const one of processesAt(path)) checked.push(await checkOne(one, budget));
  return checked;
}

/** A folder without a definition of its own stands for the processes and library rule sets in its folders. */
function processesAt(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  const found = [path, ...readdirSync(path).sort().map((name) => join(path, name))].flatMap((folder) => {
    if (existsSync(join(folder, 'process.json'))) return [folder];
    return existsSync(join(folder, 'rule-set.json')) ? [join(folder, 'rule-set.json')] : [];
  });
  if (found.length === 0) throw new UsageError(`Expected process.json or rule-set.json in ${path} or in a folder in it, but there is none`);
  return found[0] === path ? [path] : found;
}

function isRuleSet(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && json.format === 'careloop-rules/1';
}

async function checkOne(path: string, budget: { readonly maximumStates: number; readonly timeMs: number }): Promise<Checked> {
  const { check, parseDefinition } = await import('#engine');
  const folder = readProcess(path);
  if (isRuleSet(folder.json)) {
    const { checkRuleSet } = await import('#rules');
    const found = checkRuleSet(folder.json);
    return { path, ok: found.length === 0, findings: found.map(({ code, message, path: place }) => ({ code, severity: 'error', message, path: place ?? '/' })) };
  }
  const parsed = parseDefinition(folder.json);
  if (!parsed.ok) return { path, ok: false, findings: parsed.findings };
  const begun = Date.now();
  const findings = check(parsed.definition, {
    exploration: {
      maximumStates: budget.maximumStates,
      shouldStop: () => Date.now() - begun > budget.timeMs,
      onProgress: (states) => {
        if (Date.now() - begun > quietMs) process.stderr.write(`${path}: ${states} situations, ${Math.round((Date.now() - begun) / 1_000)} s …\n`);
      },
    },
    clinical: await knowledge(),
    called: processesBeside(folder.path).flatMap((json) => {
      const other = parseDefinition(json);
      return other.ok ? [other.definition] : [];
    }),
    ...(folder.ruleSets.length > 0 ? { bundle: bundleOf(parsed.definition, folder.ruleSets) } : {}),
  });
  return { path, ok: findings.every(({ severity }) => severity !== 'error'), findings };
}

/** What stands in the folders beside a process folder: it may call that. */
function processesBeside(folder: string): unknown[] {
  const around = dirname(resolve(folder));
  if (!existsSync(join(folder, 'process.json'))) return [];
  const files = readdirSync(around).sort().map((name) => join(around, name, 'process.json')).filter((file) => existsSync(file));
  return files.flatMap((file) => {
    try {
      return [readJson(file)];
    } catch {
      // Told when it is checked itself.
      return [];
    }
  });
}

async function knowledge(): Promise<NonNullable<CheckOptions['clinical']>> {
  const { clinicalActivities, hospitalActivities } = await import('#activities');
  return { effects: Object.fromEntries([...clinicalActivities, ...hospitalActivities].map(({ type, effect }) => [type, effect])) };
}

function budgetOf({ states, long }: Options): { readonly maximumStates: number; readonly timeMs: number } {
  if (states === undefined) return long ? budgets.long : budgets.usual;
  const maximumStates = Number(states);
  if (!Number.isInteger(maximumStates) || maximumStates < 1) throw new UsageError(`Expected --states to be a whole number above 0, but got ${states}`);
  return { maximumStates, timeMs: Number.POSITIVE_INFINITY };
}

/** The findings by element, errors first. */
function report({ path, findings }: Checked, isOneOfMany: boolean): string {
  const rank = { error: 0, warning: 1, info: 2 };
  const groups = new Map<string, CheckFinding[]>();
  for (const finding of findings.toSorted((left, right) => rank[left.severity] - rank[right.severity])) {
    const place = finding.elementId ?? finding.path ?? '/';
    groups.set(place, [...(groups.get(place) ?? []), finding]);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const verdict = errors === 0 ? '通过 / passed' : `${errors} 个错误 / error(s)`;
  const lines = [...groups].flatMap(([place, group]) => [place, ...group.flatMap(linesOf)]);
  return `${isOneOfMany ? `${path}\n` : ''}${lines.map((line) => `${line}\n`).join('')}${verdict}\n`;
}

function linesOf({ code, severity, message, trace, script }: CheckFinding): string[] {
  return [
    `  ${severity} ${code}: ${message}`,
    ...(trace && trace.length > 0 ? [`    路径 / path: ${trace.join(' → ')}`] : []),
    ...(script ? ['    可重放 / can be played: its script is in --json (docs/check.md)'] : []),
  ];
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
