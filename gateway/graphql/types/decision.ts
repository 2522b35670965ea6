import { builder } from '../builder.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';

/** A recorded decision: what was asked, which version answered, and why. */
export const DecisionType = builder.prismaNode('Decision', {
  id: { field: 'id' },
  description: 'A recorded decision: what was asked, which version of which rule set answered, and why.',
  fields: (t) => ({
    decisionId: t.exposeString('id', { description: 'What `AuditEntry.decisionId` names and `explainDecision` takes.' }),
    ruleSet: t.exposeString('ruleSet'),
    version: t.exposeString('version'),
    level: t.exposeString('level', { description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS' }),
    elementId: t.exposeString('elementId', { nullable: true, description: 'The step that asked; null for one that no process asked.' }),
    facts: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was judged, by input name.',
      resolve: ({ facts, patientId }, _args, { reads }) => {
        if (patientId !== null) reads.add(patientId);
        return facts;
      },
    }),
    explanation: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The whole result; see docs/rules.md.',
      resolve: ({ explanation, patientId }, _args, { reads }) => {
        if (patientId !== null) reads.add(patientId);
        return explanation;
      },
    }),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('Decision') }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime' }),
  }),
});
