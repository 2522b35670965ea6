import type { MetMissing } from './compile-condition.ts';
import type { CompiledInput } from './input-value.ts';
import type { MissingReason, PreparedFacts } from './prepare-facts.ts';
import type { LocalizedText } from './rule-set.ts';

/** A value that was not there to judge by, and what its input declares for that. */
export interface MissingFact {
  readonly fact: string;
  /** Where in the fact, for an object or list. */
  readonly path?: string;
  readonly reason: MissingReason;
  readonly policy: 'stop' | 'person' | 'branch' | 'undeclared';
}

/** The name that findings show: `order` or `order.items[0].dose`. */
export function missingFactName({ fact, path }: MissingFact): string {
  return fact + (path ?? '$').slice(1);
}

/**
 * The missing inputs that matter whatever the rules read: required ones, ones whose branch was taken, and ones that
 * were given in the wrong type with nothing declared. Other optional inputs matter only where a rule needs them.
 */
export function wholeMissing({ missing }: PreparedFacts): MissingFact[] {
  const facts: MissingFact[] = [];
  for (const { input, reason } of missing) {
    const { required, whenMissing } = input.declaration;
    if (required || whenMissing?.policy === 'branch' || (!whenMissing && reason === 'wrongType')) facts.push(missingFact(input, reason));
  }
  return facts;
}

/** Adds the values that kept a rule from being judged, each place once. */
export function addUnknowns(facts: MissingFact[], unknowns: readonly MetMissing[], { missing }: PreparedFacts): void {
  for (const { input, path, reason } of unknowns) {
    const whole = missing.find((found) => found.input === input);
    const fact = whole ? missingFact(input, whole.reason) : missingFact(input, reason, path);
    if (!facts.some((known) => known.fact === fact.fact && (known.path === undefined || known.path === fact.path))) facts.push(fact);
  }
}

function missingFact({ declaration }: CompiledInput, reason: MissingReason, path?: string): MissingFact {
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
export function missingMessage(missing: MissingFact, description: LocalizedText | undefined): LocalizedText {
  const { reason, policy } = missing;
  const place = missingFactName(missing);
  const zh = `${description?.['zh-CN'] ?? place}（${place}）${reasons[reason]['zh-CN']}`;
  const en = `${description?.en ?? place} (${place}) ${reasons[reason].en}`;
  return policy === 'person'
    ? { 'zh-CN': `${zh}，需由人员判断`, en: `${en}: a person decides` }
    : { 'zh-CN': `${zh}，无法判断，已停止`, en: `${en}: it cannot be judged and stops` };
}
