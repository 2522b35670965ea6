import { z } from 'zod';
import { hospitalTimeZone } from '#activities';
import type { LocalizedText } from '#engine';
import { factName, operatorWords, readerOf, valueWords, type DeclaredInput, type Language } from '#rule-words';

/** What one rule did, in words. */
export interface RuleSentence {
  readonly ruleId: string;
  readonly name: LocalizedText;
  /** fired | notFired | unknown */
  readonly outcome: string;
  /** Of a rule that fired. */
  readonly level?: string;
  /** Its own level, where it only advised. */
  readonly gradedFrom?: string;
  readonly isSuspended: boolean;
  readonly sentence: LocalizedText;
}

/** A decision in words. It repeats values of the patient. */
export interface WordedResult {
  readonly summary: LocalizedText;
  readonly rules: readonly RuleSentence[];
  readonly missing: readonly LocalizedText[];
}

const judgedSchema = z.object({ fact: z.string(), path: z.string().optional(), operator: z.string(), expected: z.unknown(), actual: z.unknown(), holds: z.union([z.boolean(), z.literal('unknown')]) });
const missingSchema = z.object({ fact: z.string(), path: z.string().optional(), reason: z.string(), policy: z.string() });
/** What of a recorded result is told; what a later version records beside it is left alone. */
const resultSchema = z.object({
  level: z.string(),
  findings: z.array(z.object({ kind: z.string(), ruleId: z.string(), level: z.string(), gradedFrom: z.string().optional(), facts: z.record(z.string(), z.unknown()).default({}) })).default([]),
  missing: z.array(missingSchema).default([]),
  explanation: z.array(z.object({ ruleId: z.string(), outcome: z.string(), because: judgedSchema.optional() })).default([]),
  suspended: z.array(z.string()).default([]),
});
type Judged = z.infer<typeof judgedSchema>;
type Missing = z.infer<typeof missingSchema>;

/** What of the document is needed to name things. */
const documentSchema = z.object({
  name: z.object({ 'zh-CN': z.string(), en: z.string() }),
  inputs: z.array(z.object({ name: z.string(), type: z.string(), unit: z.string().optional(), description: z.object({ 'zh-CN': z.string(), en: z.string() }).optional() })).default([]),
  rules: z.array(z.object({ id: z.string(), name: z.object({ 'zh-CN': z.string(), en: z.string() }) })).default([]),
});

const levels: Readonly<Record<string, LocalizedText>> = {
  HARD: { 'zh-CN': '禁止', en: 'Blocked' },
  UNKNOWN: { 'zh-CN': '数据缺失，不能判断', en: 'Cannot be decided, data are missing' },
  PHARMACIST: { 'zh-CN': '须由药师审核', en: 'A pharmacist has to decide' },
  WARN: { 'zh-CN': '提示', en: 'A warning' },
  PASS: { 'zh-CN': '通过', en: 'No objection' },
};

/** A record is read by many: instants are on the hospital's clock, and say so. */
const readers = { 'zh-CN': readerOf('zh-CN', hospitalTimeZone), en: readerOf('en', hospitalTimeZone) };

const reasons: Readonly<Record<string, LocalizedText>> = {
  absent: { 'zh-CN': '未提供', en: 'is not given' },
  null: { 'zh-CN': '为空', en: 'is empty' },
  tooOld: { 'zh-CN': '已过期或时间不明', en: 'is too old or of unknown age' },
  wrongType: { 'zh-CN': '类型不符', en: 'is of the wrong type' },
};

const policies: Readonly<Record<string, LocalizedText>> = {
  stop: { 'zh-CN': '须先补齐', en: 'it has to be found out first' },
  person: { 'zh-CN': '由人判断', en: 'a person decides' },
  branch: { 'zh-CN': '按规则集的约定处理', en: 'the rule set says what then counts' },
};

/**
 * Tells a recorded result (a RuleSetResult with its explanation) in words of the version's document, each language with
 * its own numbers and dates. Undefined for a result that is none.
 */
export function explainResult(document: unknown, result: unknown): WordedResult | undefined {
  const [read, named] = [resultSchema.safeParse(result), documentSchema.safeParse(document)];
  if (!read.success || !named.success) return undefined;
  const { level, findings, missing, explanation, suspended } = read.data;
  const inputs = new Map(named.data.inputs.map((input) => [input.name, input]));
  const names = new Map(named.data.rules.map(({ id, name }) => [id, name]));
  const fired = explanation.filter(({ outcome }) => outcome === 'fired').length;
  return {
    summary: {
      'zh-CN': `${levels[level]?.['zh-CN'] ?? level}：规则集“${named.data.name['zh-CN']}”共 ${explanation.length} 条规则，${fired} 条触发${missing.length === 0 ? '' : `，缺少 ${missing.length} 项数据`}。`,
      en: `${levels[level]?.en ?? level}: of the ${explanation.length} rules of “${named.data.name.en}”, ${fired} fired${missing.length === 0 ? '' : `, and ${missing.length} ${missing.length === 1 ? 'value is' : 'values are'} missing`}.`,
    },
    rules: explanation.map(({ ruleId, outcome, because }) => {
      const name = names.get(ruleId) ?? { 'zh-CN': ruleId, en: ruleId };
      const finding = findings.find((each) => each.kind === 'rule' && each.ruleId === ruleId);
      const isSuspended = suspended.includes(ruleId);
      const told = { name, outcome, because, input: because && inputs.get(because.fact), missing: because && missing.find(({ fact }) => fact === because.fact), advisesFrom: finding?.gradedFrom, isSuspended, others: otherFacts(finding?.facts ?? {}, because?.fact, inputs) };
      return {
        ruleId, name, outcome, isSuspended,
        ...(finding === undefined ? {} : { level: finding.level, ...(finding.gradedFrom === undefined ? {} : { gradedFrom: finding.gradedFrom }) }),
        sentence: { 'zh-CN': sentenceOf(told, 'zh-CN'), en: sentenceOf(told, 'en') },
      };
    }),
    missing: missing.map((each) => ({ 'zh-CN': missingSentence(each, inputs.get(each.fact), 'zh-CN'), en: missingSentence(each, inputs.get(each.fact), 'en') })),
  };
}

interface Told {
  readonly name: LocalizedText;
  readonly outcome: string;
  readonly because: Judged | undefined;
  readonly input: DeclaredInput | undefined;
  readonly missing: Missing | undefined;
  readonly advisesFrom: string | undefined;
  readonly isSuspended: boolean;
  /** What a rule that fired read beside `because`, with the facts' names. */
  readonly others: readonly (readonly [fact: string, value: unknown, input: DeclaredInput])[];
}

/** Whole inputs only: what stands at a path has no type of its own. */
function otherFacts(facts: Readonly<Record<string, unknown>>, told: string | undefined, inputs: ReadonlyMap<string, DeclaredInput>): Told['others'] {
  return Object.entries(facts).flatMap(([fact, value]) => {
    const input = inputs.get(fact);
    return input === undefined || fact === told || value === null || (Array.isArray(value) && value.length === 0) ? [] : [[fact, value, input] as const];
  });
}

function sentenceOf(told: Told, language: Language): string {
  const { name, advisesFrom, isSuspended } = told;
  const rule = language === 'zh-CN' ? `规则“${name['zh-CN']}”` : `Rule “${name.en}”`;
  const advised = advisesFrom === undefined ? '' : isSuspended ? { 'zh-CN': '该规则已暂停，只作提示。', en: ' It is suspended and only advises.' }[language] : { 'zh-CN': '该规则只作提示。', en: ' It only advises.' }[language];
  return `${rule}${outcomeOf(told, language)}${othersOf(told, language)}${advised}`;
}

function outcomeOf({ outcome, because, input, missing }: Told, language: Language): string {
  const isChinese = language === 'zh-CN';
  if (because === undefined) return outcome === 'fired' ? (isChinese ? '触发：它没有条件。' : ' fired: it has no condition.') : isChinese ? '未触发。' : ' did not fire.';
  const { fact, path, operator, expected, holds } = because;
  const named = factName(fact, path, input, readers[language]);
  const condition = `${operatorWords(operator, readers[language])} ${operator === 'satisfies' ? `“${String(expected)}”` : valueOf(expected, because, input, language)}`;
  const actual = valueOf(because.actual, because, input, language);
  if (outcome === 'fired') {
    if (holds === false) return isChinese ? `触发，因为${named}为 ${actual}，“${condition}”不成立。` : ` fired because ${named} was ${actual}, so that “${condition}” does not hold.`;
    return isChinese ? `触发，因为${named}为 ${actual}，“${condition}”成立。` : ` fired because ${named} was ${actual}, which ${condition}.`;
  }
  if (outcome === 'unknown') {
    const why = reasons[missing?.reason ?? 'absent']?.[language] ?? '';
    return isChinese ? `无法判断，因为${named}${why}（条件：${condition}）。` : ` could not be judged because ${named} ${why} (the condition: it ${condition}).`;
  }
  if (holds === true) return isChinese ? `未触发，因为条件要求${named}不符合“${condition}”，实际为 ${actual}。` : ` did not fire because the condition asks that “${named} ${condition}” does not hold, and there was ${actual}.`;
  return isChinese ? `未触发，因为条件要求${named}${condition}，实际为 ${actual}。` : ` did not fire because the condition asks that “${named} ${condition}”, and there was ${actual}.`;
}

function othersOf({ outcome, others }: Told, language: Language): string {
  if (outcome !== 'fired' || others.length === 0) return '';
  const isChinese = language === 'zh-CN';
  const reader = readers[language];
  const shown = others.map(([fact, value, input]) => `${factName(fact, undefined, input, reader)}${isChinese ? '为 ' : ' '}${valueWords(value, fact, input, reader)}`);
  return isChinese ? `另外${shown.join('，')}。` : ` Besides, it read ${shown.join('; ')}.`;
}

/** What stands at a place within a fact has not the unit of the whole. */
function valueOf(value: unknown, { fact, path }: Judged, input: DeclaredInput | undefined, language: Language): string {
  return valueWords(value, fact, path === undefined ? input : undefined, readers[language]);
}

function missingSentence({ fact, path, reason, policy }: Missing, input: DeclaredInput | undefined, language: Language): string {
  const then = policies[policy]?.[language];
  const what = factName(fact, path, input, readers[language]);
  if (language === 'zh-CN') return `${what}${reasons[reason]?.['zh-CN'] ?? '缺失'}${then === undefined ? '' : `，${then}`}。`;
  const text = `${what} ${reasons[reason]?.en ?? 'is missing'}${then === undefined ? '' : `; ${then}`}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
