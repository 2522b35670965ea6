import { decisionIdOf, hospitalTimeZone } from '#activities';
import { factName, readerOf, valueWords, type DeclaredInput } from '#rule-words';
import { strongestLevel } from '#rules';
import type { Finding } from '../graphql/context.ts';
import type { Language } from '../graphql/language.ts';

/** A card. CDS Hooks 2.0 §"Card Attributes". It suggests nothing: a check shows its reasons, a person decides. */
export interface Card {
  readonly uuid: string;
  /** At most 140 characters. */
  readonly summary: string;
  /** GitHub-flavoured Markdown. */
  readonly detail: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly topic: { readonly system: string; readonly code: string } };
  readonly overrideReasons: readonly OverrideReason[];
}

interface OverrideReason {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

/** What a card stands for, so that what becomes of it can be counted by rule. */
export interface IssuedCard {
  readonly card: Card;
  readonly finding: Finding;
}

const overrideReasonSystem = 'urn:careloop:override-reason';

const overrideReasons: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'benefit-outweighs-risk': { 'zh-CN': '获益大于风险', en: 'The benefit outweighs the risk' },
  'will-monitor': { 'zh-CN': '已安排监测', en: 'Monitoring is arranged' },
  'tolerated-before': { 'zh-CN': '患者既往耐受', en: 'The patient tolerated it before' },
  'facts-not-right': { 'zh-CN': '所依据的数据不准确', en: 'The facts it rests on are not right' },
  'not-relevant': { 'zh-CN': '与该患者无关', en: 'Not relevant for this patient' },
};

/** What a reason for overriding says, in both languages; undefined for a code of another system. */
export function overrideReasonName(code: string): { readonly 'zh-CN': string; readonly en: string } | undefined {
  const name = Object.hasOwn(overrideReasons, code) ? overrideReasons[code] : undefined;
  return name && { 'zh-CN': name['zh-CN'], en: name.en };
}

const indicators: Readonly<Record<string, Card['indicator']>> = { HARD: 'critical', UNKNOWN: 'warning', PHARMACIST: 'warning' };

const words = {
  rule: { 'zh-CN': '规则', en: 'Rule' },
  source: { 'zh-CN': '来源', en: 'Source' },
  grade: { 'zh-CN': '等级', en: 'grade' },
  facts: { 'zh-CN': '所依据的数据', en: 'Facts it rests on' },
  order: { 'zh-CN': '医嘱', en: 'Order' },
  separator: { 'zh-CN': '：', en: ': ' },
} as const satisfies Record<string, Record<Language, string>>;

/**
 * The card of one finding on one order. `key` tells the question apart: the same one gives the same card again. `inputs`: what the
 * rule sets declare of the facts, by name.
 */
export function cardOf(finding: Finding, order: string, key: readonly string[], language: Language, inputs: ReadonlyMap<string, DeclaredInput> = new Map()): IssuedCard {
  const say = (name: keyof typeof words) => words[name][language];
  const [colon, reader] = [say('separator'), readerOf(language, hospitalTimeZone)];
  const facts = Object.entries(finding.facts as Readonly<Record<string, unknown>>).map(([name, value]) => `- ${escape(factName(name, undefined, inputs.get(name), reader))}${colon}${escape(valueWords(value, name, inputs.get(name), reader))}`);
  const detail = [
    escape(finding.message[language]),
    `**${say('order')}**${colon}${escape(order)}`,
    `**${say('rule')}**${colon}${escape(`${finding.ruleSet} ${finding.version} / ${finding.ruleId}`)}`,
    ...(finding.source === undefined ? [] : [`**${say('source')}**${colon}${escape(finding.source)}${finding.sourceGrade === undefined ? '' : ` (${say('grade')} ${finding.sourceGrade})`}`]),
    ...(facts.length === 0 ? [] : [`**${say('facts')}**${colon}\n\n${facts.join('\n')}`]),
  ].join('\n\n');
  return {
    finding,
    card: {
      uuid: decisionIdOf('card', ...key, order, finding.ruleSet, finding.ruleId),
      summary: shorten(finding.message[language]),
      detail,
      indicator: indicators[finding.level] ?? 'info',
      source: { label: 'Careloop', topic: { system: 'urn:careloop:rule-set', code: finding.ruleSet } },
      overrideReasons: Object.entries(overrideReasons).map(([code, display]) => ({ system: overrideReasonSystem, code, display: display[language] })),
    },
  };
}

/** What cannot be judged is one finding for an order, however many values are missing. */
export function mergeMissing(findings: readonly Finding[]): readonly Finding[] {
  const missing = findings.filter(({ ruleId }) => ruleId.startsWith('missing:'));
  const [first] = missing;
  if (!first || missing.length === 1) return findings;
  const level = strongestLevel(missing);
  const facts = Object.assign({}, ...missing.map(({ facts: read }) => read)) as Finding['facts'];
  const count = Object.keys(facts as object).length;
  const message = { 'zh-CN': `有 ${count} 项数据缺失，部分规则未能判断，须由药师审核`, en: `${count} values are missing: some rules could not judge, a pharmacist has to` };
  return [...findings.filter(({ ruleId }) => !ruleId.startsWith('missing:')), { ...first, ruleId: 'missing', level, message, facts }];
}

/** A drug or an allergy that is in no list of ours. */
export function notKnown(ruleId: 'drug-not-known' | 'allergy-not-known', what: string): Finding {
  const name = what === '' ? '?' : what;
  const message =
    ruleId === 'drug-not-known'
      ? { 'zh-CN': `“${name}”不在药品目录中，未能核对`, en: `"${name}" is in no drug list here and was not checked` }
      : { 'zh-CN': `过敏史“${name}”未能识别，未参与核对`, en: `The allergy "${name}" was not recognised and took no part in the check` };
  return { ruleSet: 'careloop', ruleId, version: '', level: 'UNKNOWN', message, facts: {} };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 140 ? text : `${characters.slice(0, 139).join('')}…`;
}

/** Text of other systems is shown, never rendered. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}
