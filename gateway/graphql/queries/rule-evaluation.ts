import { randomUUID } from 'node:crypto';
import type { Json, Variables } from '#engine';
import { explainResult } from '../../rule-sets/index.ts';
import { subjectOf } from '../../identity/subjects.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { plainIdOf } from '../global-ids.ts';
import { badArgument } from '../request-errors.ts';
import { readRuleSet } from '../rule-set-list.ts';
import { readDocument } from '../rule-set-rows.ts';
import { DecisionExplanationType, RuleSetEvaluationType } from '../types/decision-explanation.ts';
import { visibleDecision } from '../visible-rows.ts';

builder.queryField('explainDecision', (t) =>
  t.field({
    type: DecisionExplanationType,
    nullable: true,
    description: 'A recorded decision in words: why each rule fired or did not. Null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, context) => {
      const decision = await visibleDecision(plainIdOf('Decision', id), context);
      if (!decision) return null;
      const { ruleSet, version } = decision;
      // The document of a pinned version stands in the bundle: rules are then told by their ids.
      const document = (await readDocument(ruleSet, version, context)) ?? { name: { 'zh-CN': ruleSet, en: ruleSet }, inputs: [], rules: [] };
      // The words tell the facts.
      const isSeen = await context.access.sees('Decision.explanation', subjectOf('Decision', decision));
      const worded = (isSeen ? explainResult(document, decision.explanation) : undefined) ?? { summary: { 'zh-CN': decision.level, en: decision.level }, rules: [], missing: [] };
      const name = (await context.loaders.ruleSetName(`${ruleSet}/${version}`)) ?? { 'zh-CN': ruleSet, en: ruleSet };
      return { decision, ruleSetName: name, ...worded };
    },
  }),
);

builder.queryField('evaluateRuleSet', (t) =>
  t.field({
    type: RuleSetEvaluationType,
    description: 'What the version in effect at `at` (now when absent) says about given facts; what is suspended now only advises. Records that it was asked, and with which facts by name, nothing else.',
    args: {
      key: t.arg.string({ required: true }),
      facts: t.arg({ type: 'JSON', required: true, description: 'By input name.' }),
      observedAt: t.arg({ type: 'JSON', description: 'ISO 8601 instants by input name, for inputs with a maximum age.' }),
      at: t.arg({ type: 'DateTime' }),
    },
    resolve: async (_root, { key, facts, observedAt, at }, context) => {
      const [named, ages] = [membersOf(facts, 'facts'), observedAt === null || observedAt === undefined ? undefined : membersOf(observedAt, 'observedAt')];
      if (Object.values(ages ?? {}).some((value) => typeof value !== 'string')) throw badArgument('INPUT_INVALID', 'observedAt', 'Expected texts in observedAt, but found another type');
      if (!(await readRuleSet(key, context))) throw badArgument('RULE_SET_NOT_FOUND', 'key', 'Expected a rule set with this key, but there is none');
      await context.recordFact({ factId: `rules.evaluated/${randomUUID()}`, action: 'rules.evaluated', actor: actorOf(context.viewer), ruleSet: key, detail: { facts: Object.keys(named), ...(at ? { at: at.toISOString() } : {}) } });
      // Only texts, as was just made sure of.
      const outcome = await context.decider.decide({ ruleSet: key, facts: named, at: (at ?? new Date()).toISOString(), ...(ages === undefined ? {} : { observedAt: ages as Readonly<Record<string, string>> }) });
      if (outcome.kind === 'failed') return { version: '', level: 'UNKNOWN', result: undefined, suspended: [], failure: outcome.failure.message, rules: [] };
      const { version, result, suspended } = outcome;
      const worded = explainResult(await readDocument(key, version, context), { ...result, suspended });
      return { version, level: result.level, result, suspended, failure: undefined, rules: worded?.rules ?? [] };
    },
  }),
);

function membersOf(value: Json | undefined, place: string): Variables {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badArgument('INPUT_INVALID', place, `Expected an object in ${place}`);
  return value as Variables;
}
