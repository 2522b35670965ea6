import { z } from 'zod';
import { readContentCases, readRuleCase } from '../../rule-sets/index.ts';
import { subjectOf } from '../../identity/subjects.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { ForbiddenError, NotFoundError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { ContentRuleCaseType } from '../types/content-rule-case.ts';
import { RuleCaseType } from '../types/rule-case.ts';
import { visibleDecision } from '../visible-rows.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const name = z.string().trim().min(1).max(200);
const tags = z.array(z.string().trim().min(1).max(64)).max(20);
const revision = z.number().int().min(0);

const SaveRuleCaseInput = builder.inputType('SaveRuleCaseInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    id: t.id({ validate: inputSchemas.id, description: 'Of the case to change; absent for a new one.' }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleCase.revision` as the writer knows it; 0 for a new one.' }),
    name: t.string({ required: true, validate: name }),
    facts: t.field({ type: 'JSON', required: true, description: 'By input name.' }),
    observedAt: t.field({ type: 'JSON', description: 'ISO 8601 instants by input name.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'The instant of the decision: ages are counted to it.' }),
    expected: t.field({ type: 'JSON', required: true, description: '{level, ruleIds, outputs?}; see RuleCaseExpectation.' }),
    tags: t.stringList({ validate: tags }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const DeleteRuleCaseInput = builder.inputType('DeleteRuleCaseInput', {
  fields: (t) => ({
    id: t.id({ required: true, validate: inputSchemas.id }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleCase.revision` as the writer knows it.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RuleCaseFromDecisionInput = builder.inputType('RuleCaseFromDecisionInput', {
  fields: (t) => ({
    decisionId: t.id({ required: true, validate: inputSchemas.id }),
    name: t.string({ validate: name, description: 'Level and time of the decision when absent.' }),
    tags: t.stringList({ validate: tags }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const MarkContentRuleCasesInput = builder.inputType('MarkContentRuleCasesInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    ids: t.idList({ required: true, validate: z.array(z.uuid()).min(1).max(2_000) }),
    isSuperseded: t.boolean({ required: true, description: 'True: they count no more. False: they count again.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const MarkContentRuleCasesPayload = builder.objectRef<{ readonly key: string; readonly ids: readonly string[] }>('MarkContentRuleCasesPayload').implement({
  fields: (t) => ({ cases: t.field({ type: [ContentRuleCaseType], resolve: async ({ key, ids }, _args, { database }) => (await readContentCases(key, database.prisma)).filter((each) => ids.includes(each.case.id)) }) }),
});

builder.mutationField('markContentRuleCases', (t) =>
  t.field({
    type: MarkContentRuleCasesPayload,
    description: 'Sets cases of the content aside, with a reason, because their rule is meant to decide otherwise now; or lets them count again. For the owner of the domain.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'MarkContentRuleCasesResult' } },
    args: { input: t.arg({ type: MarkContentRuleCasesInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(input.key, context, (actor) => context.ruleSetLife.markContentCases({ ...input, actor })),
  }),
);

const casePayload = (payload: string) =>
  builder.objectRef<{ readonly caseId: string }>(payload).implement({
    fields: (t) => ({ case: t.field({ type: RuleCaseType, nullable: true, resolve: ({ caseId }, _args, { database }) => readRuleCase(caseId, database.prisma) }) }),
  });

builder.mutationField('saveRuleCase', (t) =>
  t.field({
    type: casePayload('SaveRuleCasePayload'),
    description: 'Saves a case as a new revision. When somebody else was faster, the answer is a ConflictError CASE_CHANGED.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SaveRuleCaseResult' } },
    args: { input: t.arg({ type: SaveRuleCaseInput, required: true }) },
    resolve: (_root, { input: { id, observedAt, at, tags: given, facts, expected, ...input } }, context) =>
      ruleSetAct(input.key, context, (actor) =>
        context.ruleSetLife.saveRuleCase({ ...input, facts: facts ?? null, expected: expected ?? null, at: at.toISOString(), tags: given ?? [], actor, ...(id ? { id } : {}), ...(observedAt === null || observedAt === undefined ? {} : { observedAt }) }),
      ),
  }),
);

async function keyOfCase(id: string, context: RequestContext): Promise<string> {
  const row = await readRuleCase(id, context.database.prisma);
  if (!row) throw await refused(new NotFoundError({ code: 'CASE_NOT_FOUND', place: 'id' }), {}, context);
  return row.key;
}

builder.mutationField('deleteRuleCase', (t) =>
  t.field({
    type: casePayload('DeleteRuleCasePayload'),
    description: 'Takes a case out of the set. What it was stays on record.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'DeleteRuleCaseResult' } },
    args: { input: t.arg({ type: DeleteRuleCaseInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const key = await keyOfCase(input.id, context);
      return ruleSetAct(key, context, (actor) => context.ruleSetLife.deleteRuleCase(key, { ...input, actor }));
    },
  }),
);

builder.mutationField('ruleCaseFromDecision', (t) =>
  t.field({
    type: casePayload('RuleCaseFromDecisionPayload'),
    description: 'Saves a case with the facts of a recorded decision that expects what was decided then. The patient’s id is not in it; everything else is as recorded.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RuleCaseFromDecisionResult' } },
    args: { input: t.arg({ type: RuleCaseFromDecisionInput, required: true }) },
    resolve: async (_root, { input: { decisionId, name: given, tags: marks, idempotencyKey } }, context) => {
      const decision = await visibleDecision(plainIdOf('Decision', decisionId), context);
      if (!decision) throw await refused(new NotFoundError({ code: 'DECISION_NOT_FOUND', place: 'decisionId' }), {}, context);
      // A saved case says no longer whose facts it has: nothing would hide them.
      if (!(await context.access.sees('Decision.facts', subjectOf('Decision', decision)))) throw await refused(new ForbiddenError({ code: 'FORBIDDEN', place: 'decisionId' }), { ...(decision.patientId === null ? {} : { patientId: decision.patientId }) }, context);
      return ruleSetAct(decision.ruleSet, context, (actor) => context.ruleSetLife.ruleCaseFromDecision({ decision, tags: marks ?? [], actor, idempotencyKey, ...(given ? { name: given } : {}) }));
    },
  }),
);
