import { parentPort } from 'node:worker_threads';
import { parseDmnXml, writeDmnXml } from '#dmn';
import { toDmn } from '#rule-set-dmn';
import { checkRuleSet, type RuleSetDocument } from '#rules';
import { wordsOf } from './finding-words.ts';
import { readRuleSetFile, type FileDecision, type FileFinding, type RuleSetFile } from './read-rule-set-file.ts';

/** What the thread is asked, one at a time. */
export type ThreadQuestion =
  | { readonly kind: 'read'; readonly content: string }
  | { readonly kind: 'take'; readonly content: string; readonly choice: TakenDecision }
  | { readonly kind: 'write'; readonly document: unknown; readonly source?: WrittenSource };

/** Which decision of a file becomes which rule set. */
export interface TakenDecision {
  /** Needed where the file has several. */
  readonly decisionId?: string;
  readonly key: string;
  readonly domain: RuleSetDocument['domain'];
}

/** The file that a rule set was read from, and the decision there. */
export interface WrittenSource {
  readonly xml: string;
  readonly decisionId: string;
}

/** A decision with the numbers of what it would be rather than with the document, which may be large. */
export interface DecisionSummary extends Omit<FileDecision, 'ruleSet'> {
  readonly ruleSet?: Pick<RuleSetDocument, 'key' | 'name' | 'domain' | 'hitPolicy'> & { readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly ruleCount: number };
}

export interface FileSummary extends Omit<RuleSetFile, 'decisions'> {
  readonly decisions: readonly DecisionSummary[];
}

/** The document that a file becomes; without it, the findings say why there is none. */
export interface ImportedDocument {
  readonly format: RuleSetFile['format'];
  readonly decisionId?: string;
  readonly document?: RuleSetDocument;
  readonly findings: readonly FileFinding[];
}

/** A rule set as a file, and what of it other tools do not execute alike. A half written document has no file. */
export interface WrittenFile {
  readonly content?: string;
  readonly findings: readonly FileFinding[];
}

function summary(file: RuleSetFile): FileSummary {
  return {
    ...file,
    decisions: file.decisions.map(({ ruleSet, ...decision }) => {
      if (!ruleSet) return decision;
      const { key, name, domain, hitPolicy, inputs, outputs, rules } = ruleSet;
      return { ...decision, ruleSet: { key, name, domain, ...(hitPolicy === undefined ? {} : { hitPolicy }), inputs: inputs.map((input) => input.name), outputs: outputs.map((output) => output.name), ruleCount: rules.length } };
    }),
  };
}

function taken(content: string, { decisionId, key, domain }: TakenDecision): ImportedDocument {
  const { format, decisions, findings } = readRuleSetFile(content);
  const able = decisions.filter(({ ruleSet }) => ruleSet);
  const [only] = able.length === 1 ? able : decisions;
  const decision = decisionId === undefined ? (able.length === 1 || decisions.length === 1 ? only : undefined) : decisions.find((each) => each.decisionId === decisionId);
  if (!decision) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    return { format, findings: errors.length > 0 ? errors : [unchosen(decisionId, decisions)] };
  }
  const { ruleSet } = decision;
  return { format, decisionId: decision.decisionId, findings: decision.findings, ...(ruleSet ? { document: { ...ruleSet, key, domain } } : {}) };
}

function unchosen(decisionId: string | undefined, decisions: readonly FileDecision[]): FileFinding {
  const names = decisions.map(({ decisionId: id, name }) => `${name} (${id})`).slice(0, 20);
  return decisionId === undefined
    ? { code: 'DECISION_NOT_CHOSEN', severity: 'error', message: { 'zh-CN': `文件里有多个决策，请选一个：${names.join('、')}`, en: `Expected one decision of the file to be named, but there are several: ${names.join(', ')}` } }
    : { code: 'DECISION_NOT_FOUND', severity: 'error', elementId: decisionId, message: { 'zh-CN': `文件里没有决策“${decisionId}”；有：${names.join('、')}`, en: `Expected a decision of the file, but ${decisionId} is none; there are: ${names.join(', ')}` } };
}

function written(given: unknown, source: WrittenSource | undefined): WrittenFile {
  if (checkRuleSet(given).length > 0) return { findings: [] };
  // `checkRuleSet` has no finding for a rule set document only.
  const document = given as RuleSetDocument;
  const before = source && parseDmnXml(source.xml).document;
  const dmn = toDmn(document, before, source?.decisionId);
  const names = new Map([...document.rules.map(({ id, name }): [string, string] => [id, name['zh-CN']]), ...Object.keys(document.conditions ?? {}).map((name, index): [string, string] => [`condition_${index + 1}_${document.key}`, name])]);
  return {
    content: writeDmnXml(dmn.document),
    findings: dmn.findings.map((finding) => {
      const { code, severity, elementId } = finding;
      const name = names.get(elementId ?? '');
      return { code, severity, ...(elementId === undefined ? {} : { elementId }), ...(name === undefined ? {} : { elementName: name }), message: wordsOf(finding, name) };
    }),
  };
}

function answerTo(question: ThreadQuestion): FileSummary | ImportedDocument | WrittenFile {
  switch (question.kind) {
    case 'read':
      return summary(readRuleSetFile(question.content));
    case 'take':
      return taken(question.content, question.choice);
    case 'write':
      return written(question.document, question.source);
  }
}

parentPort?.on('message', (question: ThreadQuestion) => parentPort?.postMessage(answerTo(question)));
