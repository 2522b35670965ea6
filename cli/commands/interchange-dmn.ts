import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DmnDocument } from '#dmn';
import type { RuleSetsOfDmn } from '#rule-set-dmn';
import type { RuleSetDocument } from '#rules';
import { describe } from './check.ts';
import { isDmn, readDecisions } from './dmn-file.ts';
import { readJson, UsageError } from './process-folder.ts';

/** Reads a DMN file and says what of it can be executed, and which decisions are rule sets. Gives the exit code: 0, or 1 with an error finding. Throws UsageError. */
export async function importDmn(file: string, { out, json, with: beside }: { readonly out?: string; readonly json?: boolean; readonly with?: readonly string[] }): Promise<number> {
  const { ruleSetsOf } = await import('#rule-set-dmn');
  const { model, document, findings } = await readDecisions(file, beside);
  const { ruleSets, remaining } = document ? ruleSetsOf(document) : { ruleSets: [], remaining: [] };
  const isOk = model !== undefined && findings.every(({ severity }) => severity !== 'error');
  if (out !== undefined && model) {
    mkdirSync(out, { recursive: true });
    const stem = basename(file).replace(/\.dmn(\.xml)?$/i, '');
    writeFileSync(join(out, `${stem}.decisions.json`), `${JSON.stringify(model, null, 2)}\n`);
    // With the file beside it, an export keeps the diagram and foreign extensions.
    writeFileSync(join(out, `${stem}.dmn`), readFileSync(file));
    for (const { ruleSet } of ruleSets) writeFileSync(join(out, `${ruleSet.key}.rules.json`), `${JSON.stringify(ruleSet, null, 2)}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ ok: isOk, findings, ...(model ? { model, ruleSets, remaining } : {}) }, null, 2)}\n`);
  else {
    const refused = new Set(findings.filter(({ severity }) => severity === 'error').map(({ elementId }) => elementId));
    const lines = (model?.decisions ?? []).map(({ id, name }) => `${name}: ${refused.has(id) ? '不可执行 / not executable' : '可执行 / executable'}\n`);
    process.stdout.write(`${findings.map(describe).join('')}${lines.join('')}${describeRuleSets(ruleSets, remaining)}${isOk ? '通过 / passed' : '有错误 / with errors'}\n`);
  }
  return isOk ? 0 : 1;
}

function describeRuleSets(ruleSets: RuleSetsOfDmn['ruleSets'], remaining: RuleSetsOfDmn['remaining']): string {
  const named = ruleSets.map(({ decision, ruleSet, findings }) => `${decision}: 规则集 / rule set ${ruleSet.key}, ${ruleSet.rules.length}\n${findings.map((finding) => `  ${describe(finding)}`).join('')}`);
  const left = remaining.map(({ decision, reasons }) => `${decision}: 仍为决策模型 / stays a decision model\n${reasons.map(({ code, message }) => `  ${code}: ${message}\n`).join('')}`);
  return [...named, ...left].join('');
}

/**
 * Writes a rule set as DMN 1.5. Gives the exit code: 0, or 1 when the rule set is none or has conditions that other tools cannot execute
 * alike; these are named, and the file is written all the same. Throws UsageError.
 */
export async function exportRuleSet(file: string, { dmn, out }: { readonly dmn?: string | true; readonly out?: string }): Promise<number> {
  const [{ writeDmnXml }, { checkRuleSet }, { toDmn }] = [await import('#dmn'), await import('#rules'), await import('#rule-set-dmn')];
  const ruleSet = readJson(file);
  const wrong = checkRuleSet(ruleSet);
  if (wrong.length > 0) {
    for (const { code, message, path, ruleId } of wrong) process.stderr.write(describe({ code, severity: 'error', message, path, ...(ruleId === undefined ? {} : { elementId: ruleId }) }));
    return 1;
  }
  const source = typeof dmn === 'string' ? await readSource(dmn) : undefined;
  // It has been checked.
  const { document, findings } = toDmn(ruleSet as RuleSetDocument, source);
  process.stderr.write(findings.map(describe).join(''));
  const xml = writeDmnXml(document);
  if (out === undefined) process.stdout.write(xml);
  else writeFileSync(out, xml);
  return findings.length === 0 ? 0 : 1;
}

async function readSource(file: string): Promise<DmnDocument> {
  const { document } = await readDecisions(file);
  if (!document) throw new UsageError(`Expected DMN in ${file}, but it is none`);
  return document;
}

/** Writes a decision model, or a DMN file of any version, as DMN 1.5. Gives the exit code: 0, or 1 when the model is none. Throws UsageError. */
export async function exportDmn(file: string, { dmn, out }: { readonly dmn?: string | true; readonly out?: string }): Promise<number> {
  const { fromDecisionModel, writeDmnXml } = await import('#dmn');
  const { model, document, imported, findings } = await readDecisions(file);
  const source = typeof dmn === 'string' ? await readSource(dmn) : document;
  if (!model) {
    process.stderr.write(findings.map(describe).join(''));
    return 1;
  }
  const xml = writeDmnXml(fromDecisionModel(model, source, imported));
  if (out === undefined) process.stdout.write(xml);
  else writeFileSync(out, xml);
  return 0;
}

/** Whether an export is one of decisions: DMN, or a model as `import` writes it. */
export function isDecisions(file: string): boolean {
  return isDmn(file) || file.endsWith('.decisions.json');
}

/** Whether an export is one of a rule set: by its name, or by the format that the document names. Throws UsageError. */
export function isRuleSet(file: string): boolean {
  if (file.endsWith('.rules.json')) return true;
  if (!file.endsWith('.json') || !existsSync(file)) return false;
  const json = readJson(file);
  return typeof json === 'object' && json !== null && 'format' in json && json.format === 'careloop-rules/1';
}
