import type { ElementMapping } from '#engine';
import { builder } from '../builder.ts';
import { expectedErrorOf, NotFoundError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { wordedFinding } from '../migration-words.ts';
import type { OpenedBundle } from '../process-bundles.ts';
import { mutationErrors } from '../types/errors.ts';
import { ElementMappingInput, mappingOf, MigrationPlanType, type ElementMappingEntry } from '../types/migration-plan.ts';
import { visibleInstance } from '../visible-rows.ts';

builder.queryField('migrationPlan', (t) =>
  t.field({
    type: MigrationPlanType,
    description: 'The dry run of a migration. Without a mapping, one is generated.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'MigrationPlanResult' } },
    args: { instanceId: t.arg.id({ required: true }), targetHash: t.arg.string({ required: true }), mapping: t.arg({ type: [ElementMappingInput] }) },
    resolve: async (_root, { instanceId, targetHash: target, mapping }, context) => {
      const instance = await visibleInstance(instanceId, context);
      if (!instance) throw new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' });
      const targetHash = plainIdOf('ProcessDefinition', target);
      const given = mappingOf(mapping);
      const answer = await context.commands.planMigration({ instanceId: instance.id, targetHash, ...(given ? { mapping: given } : {}) });
      if (answer.status === 'refused') throw expectedErrorOf(answer.failure);
      const [from, to] = await Promise.all([context.bundles.get(answer.sourceHash), context.bundles.get(targetHash)]);
      return {
        instanceId: instance.id,
        targetHash,
        mapping: entriesOf(from, to, answer.mapping, given, answer.activeElementIds),
        findings: answer.findings.map((finding) => wordedFinding(finding, from, to)),
      };
    },
  }),
);

function entriesOf(source: OpenedBundle, target: OpenedBundle, mapping: ElementMapping, given: ElementMapping | undefined, activeElementIds: readonly string[]): ElementMappingEntry[] {
  return [...source.elements.values()].map(({ id, type }) => ({
    elementId: id,
    targetElementId: mapping[id] ?? (target.elements.get(id)?.type === type ? id : null),
    isActive: activeElementIds.includes(id),
    isGenerated: given?.[id] === undefined,
  }));
}
