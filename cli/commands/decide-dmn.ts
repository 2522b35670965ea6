import type { DecisionModel, DecisionResult } from '#dmn';
import { describe } from './check.ts';
import { readDecisions } from './dmn-file.ts';
import { readJsonObject, UsageError } from './process-folder.ts';

export interface DecideDmnOptions {
  readonly decision?: string;
  readonly facts: string;
  readonly at?: string;
  readonly zone?: string;
  readonly json?: boolean;
  readonly with?: readonly string[];
}

/** Evaluates a decision of a DMN file and prints it. Gives the exit code: 0, or 1 with an error. Throws UsageError. */
export async function decideDmn(file: string, options: DecideDmnOptions): Promise<number> {
  const { decisionJson, evaluateDecision } = await import('#dmn');
  const { model, imported, findings } = await readDecisions(file, options.with);
  if (!model) {
    process.stdout.write(options.json ? `${JSON.stringify({ findings }, null, 2)}\n` : findings.map(describe).join(''));
    return 1;
  }
  const names = [model, ...imported].flatMap((each) => [...each.decisions, ...each.decisionServices, ...each.businessKnowledgeModels].map(({ name }) => (each === model ? name : `${aliasOf(model, each)}.${name}`)));
  const wanted = options.decision ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined || !names.includes(wanted)) throw new UsageError(`Expected --decision with a decision of the file, but found ${wanted ?? 'none'}; it has: ${names.join(', ') || 'no decision'}`);
  const inputs = readJsonObject(options.facts, '--facts');
  const result = withUsableClock(() => evaluateDecision(model, wanted, inputs, { at: options.at ?? new Date().toISOString(), imported, ...(options.zone === undefined ? {} : { zone: options.zone }) }));
  const { value, values, fired, errors, warnings } = result;
  process.stdout.write(options.json ? `${JSON.stringify({ decision: wanted, value: decisionJson(value), values: decisionJson(values), fired, errors, warnings, findings }, null, 2)}\n` : describeResult(wanted, result, decisionJson));
  return errors.length === 0 ? 0 : 1;
}

/** The name under which the model imports another; its namespace when it does so over a third. */
function aliasOf({ imports = [] }: DecisionModel, { namespace }: DecisionModel): string {
  return imports.find((each) => each.namespace === namespace)?.name ?? namespace;
}

/** A bad instant or offset is wrong usage. */
function withUsableClock<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FEEL_VALUE') throw new UsageError(error.message);
    throw error;
  }
}

/** The result as lines for people, in both languages. */
function describeResult(decision: string, { value, trace, fired, errors, warnings }: DecisionResult, json: (value: unknown) => unknown): string {
  const lines = [`${decision}: ${JSON.stringify(json(value))}`];
  for (const { name, value: part } of trace) if (name !== decision) lines.push(`  ${name} = ${JSON.stringify(json(part))}`);
  for (const { elementId, rows } of fired) lines.push(`  命中的行 / rows that fired ${elementId}: ${rows.map(({ row }) => row).join(', ') || '无 / none'}`);
  for (const { code, elementId, message } of errors) lines.push(`  错误 / error ${elementId ?? ''} ${code}: ${message}`);
  for (const { type, message } of warnings) lines.push(`  注意 / warning ${type}: ${message}`);
  return `${lines.join('\n')}\n`;
}
