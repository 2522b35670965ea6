import type { ElementMapping } from '#engine';
import { builder } from '../builder.ts';
import { ValidationError } from '../expected-errors.ts';
import type { WordedFinding } from '../migration-words.ts';
import { inputSchemas } from '../mutations/inputs.ts';
import { MigrationFindingType } from './migration-finding.ts';
import { ProcessDefinitionType } from './process-definition.ts';
import { ProcessInstanceType } from './process-instance.ts';

export const ElementMappingInput = builder.inputType('ElementMappingInput', {
  description: 'Where an element of the present version goes. What is not named keeps its id.',
  fields: (t) => ({
    elementId: t.string({ required: true, validate: inputSchemas.elementId }),
    targetElementId: t.string({ required: true, validate: inputSchemas.elementId }),
  }),
});

/** The mapping of an input; undefined when it is to be generated. Throws INPUT_INVALID for an element that goes to two. */
export function mappingOf(input: readonly (typeof ElementMappingInput.$inferInput)[] | null | undefined): ElementMapping | undefined {
  if (input === null || input === undefined) return undefined;
  const mapping = Object.fromEntries(input.map(({ elementId, targetElementId }) => [elementId, targetElementId]));
  if (Object.keys(mapping).length < input.length) throw new ValidationError({ code: 'INPUT_INVALID', place: 'mapping', detail: 'Expected each element once, but one of them goes to two' });
  return mapping;
}

/** Where one element of the present version goes. */
export interface ElementMappingEntry {
  readonly elementId: string;
  readonly targetElementId: string | null;
  readonly isActive: boolean;
  readonly isGenerated: boolean;
}

const ElementMappingEntryType = builder.objectRef<ElementMappingEntry>('ElementMappingEntry').implement({
  description: 'Where an element of the present version goes.',
  fields: (t) => ({
    elementId: t.exposeString('elementId'),
    targetElementId: t.exposeString('targetElementId', { nullable: true, description: 'null: nowhere.' }),
    isActive: t.exposeBoolean('isActive', { description: 'The instance is there now.' }),
    isGenerated: t.exposeBoolean('isGenerated', { description: 'Proposed, not given.' }),
  }),
});

/** What a migration would come to. */
export interface MigrationPlan {
  readonly instanceId: string;
  readonly targetHash: string;
  readonly mapping: readonly ElementMappingEntry[];
  readonly findings: readonly WordedFinding[];
}

export const MigrationPlanType = builder.objectRef<MigrationPlan>('MigrationPlan').implement({
  description: 'What a migration would come to, tried on the instance as it is now. Nothing has changed.',
  fields: (t) => ({
    instance: t.field({ type: ProcessInstanceType, resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }) }),
    target: t.field({ type: ProcessDefinitionType, resolve: ({ targetHash }, _args, { database }) => database.prisma.processBundle.findUniqueOrThrow({ where: { hash: targetHash } }) }),
    mapping: t.field({ type: [ElementMappingEntryType], description: 'Every element of the present version.', resolve: ({ mapping }) => [...mapping] }),
    findings: t.field({ type: [MigrationFindingType], description: 'Everything that stands in the way.', resolve: ({ findings }) => [...findings] }),
    canMigrate: t.boolean({ resolve: ({ findings }) => findings.length === 0 }),
  }),
});
