import type { Command } from 'commander';
import type { JudgedComparison, ObservedAt, RuleSetDocument, RuleSetResult } from '#rules';
import { guarded } from './check.ts';
import { decideDmn, type DecideDmnOptions } from './decide-dmn.ts';
import { decideJsonRules, isJsonRules, type DecideJsonRulesOptions } from './decide-json-rules.ts';
import { withOption } from './dmn-file.ts';
import { isDecisions } from './interchange-dmn.ts';
import { readJson, readJsonObject, UsageError } from './process-folder.ts';

interface DecideOptions extends DecideDmnOptions, DecideJsonRulesOptions {
  readonly observedAt?: string;
}

/**
 * `careloop decide RULESET.json --facts JSON|@file`: level, findings with reason and source, and why each other
 * rule did not fire. Exit 0 for PASS and WARN, 1 for the other levels, a failure or an invalid rule set, 2 for
 * wrong usage. For a DMN file or a decision model: the decision of `--decision`; for a document of json-rules-engine:
 * its events; exit 0, 1 with an error, 2.
 */
export function registerDecide(program: Command): void {
  program
    .command('decide')
    .description('judge facts by a rule set, run a json-rules-engine document, or evaluate a decision of a DMN file, and show why')
    .argument('<file>', 'rule set or json-rules-engine document (JSON), DMN file, or decision model (.decisions.json)')
    .requiredOption('--facts <json>', 'facts as JSON, or @file')
    .option('--observed-at <json>', 'when each fact was observed, as JSON, or @file')
    .option('--decision <name>', 'decision or decision service of the DMN file')
    .option('--zone <offset>', 'offset of now() and today() in the DMN file, such as +08:00 (default: UTC)')
    .option(...withOption)
    .option('--at <instant>', 'ISO 8601 instant of the decision (default: now)')
    .option('--allow-undefined-facts', 'take a fact of a json-rules-engine document that is not given as undefined')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: DecideOptions, command: Command) => {
      await guarded(command, async () => {
        process.exitCode = isDecisions(file) ? await decideDmn(file, options) : await decideRules(readJson(file), options);
      });
    });
}

/** Gives the exit code. Throws UsageError. */
async function decideRules(document: unknown, options: DecideOptions): Promise<number> {
  const { compileRuleSet, evaluateRuleSet, RuleSetError } = await import('#rules');
  try {
    if (await isJsonRules(document)) return await decideJsonRules(document, options);
    if (typeof document !== 'object' || document === null) throw new UsageError('Expected a rule set to be a JSON object, but it is something else');
    const facts = readJsonObject(options.facts, '--facts');
    // Ages that are not texts count as unknown when they are read.
    const observedAt = options.observedAt === undefined ? undefined : (readJsonObject(options.observedAt, '--observed-at') as ObservedAt);
    // Checked here for shape only; compileRuleSet checks the document itself.
    const result = evaluateRuleSet(compileRuleSet(document as RuleSetDocument), facts, { at: options.at ?? new Date().toISOString(), explain: true, ...(observedAt ? { observedAt } : {}) });
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : describeResult(result));
    return !result.failure && (result.level === 'PASS' || result.level === 'WARN') ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    if (options.json) process.stdout.write(`${JSON.stringify({ failure: { code: error.code, message: error.message, findings: error.findings } }, null, 2)}\n`);
    else for (const finding of error.findings) process.stderr.write(`${finding.path || 'document'}: ${finding.message}\n`);
    return 1;
  }
}

/** The result as lines for people, in both languages. */
export function describeResult(result: RuleSetResult): string {
  const lines = [`${result.ruleSet} ${result.version}: ${result.level}${result.stop ? ' (停止 / stop)' : ''}`];
  if (result.failure) lines.push(`  失败 / failure ${result.failure.code}: ${result.failure.message}`);
  if (result.outputs !== undefined) lines.push(`  输出 / outputs: ${result.outputs === null ? '无 / none' : JSON.stringify(result.outputs)}`);
  for (const finding of result.findings) {
    lines.push(`  ${finding.level}${finding.gradedFrom ? ` (仅提示 / advise-only, ${finding.gradedFrom})` : ''} ${finding.ruleId}: ${finding.message['zh-CN']} / ${finding.message.en}`);
    lines.push(`    事实 / facts: ${Object.entries(finding.facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}`);
    if (finding.source) lines.push(`    依据 / source: ${finding.source.reference} [${finding.source.grade}, ${finding.source.mark}]`);
  }
  for (const missing of result.missing) lines.push(`  缺失 / missing ${missing.fact}${(missing.path ?? '$').slice(1)}: ${missing.reason} → ${missing.policy}`);
  const others = (result.explanation ?? []).filter((rule) => rule.outcome !== 'fired');
  if (others.length > 0) lines.push('未触发 / not fired:');
  for (const { ruleId, outcome, because } of others) lines.push(`  ${ruleId}${outcome === 'unknown' ? ' (无法判断 / unknown)' : ''}${because ? `: ${describeComparison(because)}` : ''}`);
  return `${lines.join('\n')}\n`;
}

function describeComparison({ fact, path, operator, expected, actual, holds }: JudgedComparison): string {
  const truth = holds === 'unknown' ? 'unknown' : holds ? 'true' : 'false';
  return `${fact}${(path ?? '$').slice(1)}=${JSON.stringify(actual)} ${operator} ${JSON.stringify(expected)} → ${truth}`;
}
