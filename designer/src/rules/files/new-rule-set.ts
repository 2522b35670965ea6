import { inputProblems } from '#rule-table';
import type { HitPolicyName, InputType } from '#rules';
import type { RuleSetDomain } from '../rule-set-domain.ts';
import { keyProblem } from './rule-set-key.ts';

/** What a person says of a rule set that begins empty. */
export interface NewRuleSet {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly domain: RuleSetDomain | undefined;
  readonly hitPolicy: HitPolicyName;
  readonly input: string;
  readonly inputType: InputType;
}

/** Policies that need no output, which a rule set without rows does not have yet. */
export const firstPolicies = ['collect', 'unique', 'first', 'any', 'ruleOrder'] as const satisfies readonly HitPolicyName[];

export type NewRuleSetProblem = 'key' | 'names' | 'domain' | 'input';

/** The first thing that is still missing; undefined when the rule set can begin. */
export function newRuleSetProblem({ key, zh, en, domain, input, inputType }: NewRuleSet): NewRuleSetProblem | undefined {
  if (zh.trim() === '' || en.trim() === '') return 'names';
  if (keyProblem(key) !== undefined) return 'key';
  if (domain === undefined) return 'domain';
  return inputProblems({ name: input, type: inputType }, []).length === 0 ? undefined : 'input';
}

/** The document of a rule set with one input and no rule. A missing value stops until an owner decides otherwise. */
export function newRuleSetDocument({ key, zh, en, domain, hitPolicy, input, inputType }: NewRuleSet): object {
  return {
    format: 'careloop-rules/1',
    key,
    version: '1',
    name: { 'zh-CN': zh.trim(), en: en.trim() },
    domain: domain?.toLowerCase(),
    ...(hitPolicy === 'collect' ? {} : { hitPolicy }),
    inputs: [{ name: input, type: inputType, required: true, whenMissing: { policy: 'stop' } }],
    outputs: [],
    rules: [],
    columns: [{ fact: input }],
  };
}
