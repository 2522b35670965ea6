import type { RunRulesResult } from '#json-rules';
import { readJsonObject, UsageError } from './process-folder.ts';

export interface DecideJsonRulesOptions {
  readonly facts: string;
  readonly observedAt?: string;
  readonly allowUndefinedFacts?: boolean;
  readonly json?: boolean;
}

/** Whether a file's content is json-rules-engine's own document. */
export async function isJsonRules(document: unknown): Promise<boolean> {
  return (await import('#json-rules')).isJsonRules(document);
}

/** Runs a document of json-rules-engine and prints its events. Gives the exit code: 0, or 1 with a failure. Throws UsageError, RuleSetError. */
export async function decideJsonRules(document: unknown, options: DecideJsonRulesOptions): Promise<number> {
  const { runRules } = await import('#json-rules');
  if (options.observedAt !== undefined) throw new UsageError('Expected --observed-at with a rule set, but a json-rules-engine document declares no ages');
  const result = await runRules(document, readJsonObject(options.facts, '--facts'), { allowUndefinedFacts: options.allowUndefinedFacts ?? false });
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : describeRun(result));
  return result.failure ? 1 : 0;
}

/** The result as lines for people, in both languages. */
function describeRun({ results, failureResults, failure }: RunRulesResult): string {
  if (failure) return `失败 / failure ${failure.code}: ${failure.message}\n`;
  const nameOf = (name: unknown): string => (name === undefined ? '' : ` (${String(name)})`);
  const lines = results.map(({ event, name }) => `触发 / fired ${event.type}${nameOf(name)}${event.params ? ` ${JSON.stringify(event.params)}` : ''}`);
  for (const { event, name } of failureResults) lines.push(`未触发 / not fired ${event.type}${nameOf(name)}`);
  return lines.map((line) => `${line}\n`).join('');
}
