import type { CompiledInput } from './input-value.ts';
import type { MissingReason } from './prepare-facts.ts';
import type { LocalizedText } from './rule-set.ts';

/** A value that was not there to judge by, and what its input declares for that. */
export interface MissingFact {
  readonly fact: string;
  /** Where in the fact, for an object or list. */
  readonly path?: string;
  readonly reason: MissingReason;
  readonly policy: 'stop' | 'person' | 'branch' | 'undeclared';
}

/** Builds the record of a missing value. */
export function missingFact({ declaration }: CompiledInput, reason: MissingReason, path?: string): MissingFact {
  const policy = declaration.whenMissing?.policy ?? 'undeclared';
  return path === undefined ? { fact: declaration.name, reason, policy } : { fact: declaration.name, path, reason, policy };
}

const reasons: Readonly<Record<MissingReason, LocalizedText>> = {
  absent: { 'zh-CN': '未提供', en: 'is not given' },
  null: { 'zh-CN': '为空', en: 'is empty' },
  tooOld: { 'zh-CN': '已过期或时间不明', en: 'is too old or of unknown age' },
  wrongType: { 'zh-CN': '类型不符', en: 'is of the wrong type' },
};

/** Says what is missing; names the fact, never its value. */
export function missingMessage({ fact, path, reason, policy }: MissingFact, description: LocalizedText | undefined): LocalizedText {
  const place = fact + (path ?? '$').slice(1);
  const zh = `${description?.['zh-CN'] ?? place}（${place}）${reasons[reason]['zh-CN']}`;
  const en = `${description?.en ?? place} (${place}) ${reasons[reason].en}`;
  return policy === 'person'
    ? { 'zh-CN': `${zh}，需由人员判断`, en: `${en}: a person decides` }
    : { 'zh-CN': `${zh}，无法判断，已停止`, en: `${en}: it cannot be judged and stops` };
}
