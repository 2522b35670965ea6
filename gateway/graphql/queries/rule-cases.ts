import { readAllCases, readContentCases, readRuleCase, readRuleCases, requireComplete, runAllCases, RuleSetRefusal } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { badArgument } from '../request-errors.ts';
import { querySide, RuleSetSideInput } from '../rule-set-side.ts';
import { ContentRuleCaseType } from '../types/content-rule-case.ts';
import { RuleCaseRunType, RuleCaseType } from '../types/rule-case.ts';

builder.queryField('ruleCases', (t) =>
  t.field({
    type: [RuleCaseType],
    description: 'The saved cases of a rule set, by name, at most 2,000.',
    args: { key: t.arg.string({ required: true }) },
    resolve: async (_root, { key }, { database }) => [...(await readRuleCases(key, database.prisma))],
  }),
);

builder.queryField('contentRuleCases', (t) =>
  t.field({
    type: [ContentRuleCaseType],
    description: 'The cases that came with the content of a rule set, in the order of their rules.',
    args: { key: t.arg.string({ required: true }) },
    resolve: async (_root, { key }, { database }) => [...(await readContentCases(key, database.prisma))],
  }),
);

builder.queryField('ruleCase', (t) =>
  t.field({ type: RuleCaseType, nullable: true, description: 'Its newest revision, also of one that was deleted.', args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, { database }) => readRuleCase(id, database.prisma) }),
);

builder.queryField('runRuleCases', (t) =>
  t.field({
    type: RuleCaseRunType,
    description: 'Judges every saved case and every case of the content by one document, and says what came out otherwise and which rules no case tries.',
    args: { key: t.arg.string({ required: true }), side: t.arg({ type: RuleSetSideInput, required: true }) },
    resolve: async (_root, { key, side }, context) => {
      const { name, hash, document } = await querySide(key, side, 'side', context);
      return { name, hash, ...(await runAllCases(complete(document), await readAllCases(key, context.database.prisma))) };
    },
  }),
);

function complete(document: unknown) {
  try {
    return requireComplete(document);
  } catch (error) {
    if (!(error instanceof RuleSetRefusal)) throw error;
    throw badArgument('RULE_SET_INVALID', 'side', `Expected a document without findings, but it has ${error.findings.length}`);
  }
}
