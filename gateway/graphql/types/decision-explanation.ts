import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';
import type { RuleSentence, WordedResult } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { DecisionType } from './decision.ts';
import { LocalizedTextType } from './localized-text.ts';

/** What one rule did, in words. */
export const RuleSentenceType = builder.objectRef<RuleSentence>('RuleSentence').implement({
  description: 'What one rule did, in words, each language with its own numbers and dates.',
  fields: (t) => ({
    ruleId: t.exposeString('ruleId'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    outcome: t.exposeString('outcome', { description: 'fired | notFired | unknown' }),
    level: t.string({ nullable: true, description: 'Of a rule that fired.', resolve: ({ level }) => level ?? null }),
    gradedFrom: t.string({ nullable: true, description: 'Its own level, where it only advised.', resolve: ({ gradedFrom }) => gradedFrom ?? null }),
    isSuspended: t.exposeBoolean('isSuspended'),
    sentence: t.field({ type: LocalizedTextType, resolve: ({ sentence }) => sentence }),
  }),
});

export interface ExplainedDecision extends WordedResult {
  readonly decision: Prisma.DecisionGetPayload<object>;
  readonly ruleSetName: LocalizedText;
}

/** A recorded decision in words. */
export const DecisionExplanationType = builder.objectRef<ExplainedDecision>('DecisionExplanation').implement({
  description: 'A recorded decision in words.',
  fields: (t) => ({
    decision: t.field({ type: DecisionType, resolve: ({ decision }) => decision }),
    ruleSetName: t.field({ type: LocalizedTextType, resolve: ({ ruleSetName }) => ruleSetName }),
    summary: t.field({ type: LocalizedTextType, resolve: ({ summary }) => summary }),
    rules: t.field({ type: [RuleSentenceType], description: 'A sentence a rule, in the order in which they were judged.', resolve: ({ rules }) => [...rules] }),
    missing: t.field({ type: [LocalizedTextType], description: 'Values that were not there to judge by.', resolve: ({ missing }) => [...missing] }),
  }),
});

export interface Evaluated extends Pick<WordedResult, 'rules'> {
  readonly version: string;
  readonly level: string;
  readonly result: unknown;
  readonly suspended: readonly string[];
  readonly failure: string | undefined;
}

/** What a version says about given facts. */
export const RuleSetEvaluationType = builder.objectRef<Evaluated>('RuleSetEvaluation').implement({
  description: 'What a version says about given facts. No decision is recorded.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Empty when the evaluation failed.' }),
    level: t.exposeString('level', { description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS; UNKNOWN when it failed.' }),
    result: t.field({ type: 'JSON', nullable: true, description: 'The whole result, as a decision records it; see docs/rules.md.', resolve: ({ result }) => result ?? null }),
    suspendedRuleIds: t.stringList({ description: 'Rules that only advise because they are suspended.', resolve: ({ suspended }) => [...suspended] }),
    failure: t.string({ nullable: true, description: 'Why the rules could not be evaluated; names the fact, never its value.', resolve: ({ failure }) => failure ?? null }),
    rules: t.field({ type: [RuleSentenceType], resolve: ({ rules }) => [...rules] }),
  }),
});
