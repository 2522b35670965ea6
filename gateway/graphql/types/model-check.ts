import type { ModelFinding, WrittenCheck, WrittenProcess } from '../../model-check/index.ts';
import { builder } from '../builder.ts';
import { JsonBytes } from '../json-bytes.ts';
import { LocalizedTextType } from './localized-text.ts';

/** How much a finding of a process model or of a file of rule sets weighs. */
export const FindingSeverityEnum = builder.enumType('FindingSeverity', {
  values: {
    ERROR: { value: 'error', description: 'Keeps a process from being published, and a file from becoming a rule set.' },
    WARNING: { value: 'warning', description: 'Hardly meant so.' },
    INFO: { value: 'info', description: 'How far the check got.' },
  } as const,
});

const ModelFindingType = builder.objectRef<ModelFinding>('ModelFinding').implement({
  description: 'One thing that is wrong, or doubtful, with a process model.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs (docs/check.md, docs/bpmn-interchange.md).' }),
    severity: t.field({ type: FindingSeverityEnum, resolve: ({ severity }) => severity }),
    processId: t.string({ nullable: true, resolve: ({ processId }) => processId ?? null }),
    elementId: t.string({ nullable: true, resolve: ({ elementId }) => elementId ?? null }),
    elementName: t.string({ nullable: true, resolve: ({ elementName }) => elementName ?? null }),
    place: t.string({ nullable: true, description: 'Where no element can be named: line and column of the XML, or a path of the JSON.', resolve: ({ place }) => place ?? null }),
    message: t.field({ type: LocalizedTextType, resolve: ({ message }) => message }),
    trace: t.stringList({ description: 'Elements on the shortest way to the trouble.', resolve: ({ trace }) => [...trace] }),
  }),
});

const ExplorationEnum = builder.enumType('RunExploration', {
  values: {
    COMPLETE: { value: 'complete', description: 'Every run was explored.' },
    PARTIAL: { value: 'partial', description: 'The time was up, or parts were explored apart: there may be more.' },
    NONE: { value: 'none', description: 'The process has errors that keep it from running at all.' },
  } as const,
});

const CheckedProcessType = builder.objectRef<WrittenProcess>('CheckedProcess').implement({
  description: 'A process of the model.',
  fields: (t) => ({
    processId: t.exposeString('id'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    isExecutable: t.exposeBoolean('isExecutable', { description: 'No error was found.' }),
    exploration: t.field({ type: ExplorationEnum, resolve: ({ exploration }) => exploration }),
    definition: t.field({ type: 'JSON', nullable: true, description: 'Its executable form (docs/schemas/process-definition.schema.json); null when it has none.', resolve: ({ definition }) => (definition === undefined ? null : new JsonBytes(definition)) }),
  }),
});

export const CheckProcessModelPayload = builder.objectRef<WrittenCheck>('CheckProcessModelPayload').implement({
  description: 'What the check says. Nothing was stored.',
  fields: (t) => ({
    processes: t.field({ type: [CheckedProcessType], resolve: ({ processes }) => [...processes] }),
    findings: t.field({ type: [ModelFindingType], description: 'Errors first; at most 500.', resolve: ({ findings }) => [...findings] }),
    findingCount: t.exposeInt('findingCount'),
    picture: t.field({ type: 'JSON', nullable: true, description: 'What to draw, also of what cannot be executed: `{elements, flows, placed}` (docs/bpmn-interchange.md). null when nothing can be read.', resolve: ({ picture }) => (picture === undefined ? null : new JsonBytes(picture)) }),
  }),
});
