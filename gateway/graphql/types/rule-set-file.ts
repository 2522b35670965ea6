import type { RuleDomain } from '../../identity/policy.ts';
import type { DecisionSummary, FileFinding, FileFormat } from '../../rule-set-files/index.ts';
import type { ImportedFile } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import { FindingSeverityEnum } from './model-check.ts';
import { RuleSetDomainEnum } from './rule-set-domain.ts';

export const RuleSetFileFormatEnum = builder.enumType('RuleSetFileFormat', {
  values: { DMN: { value: 'dmn', description: 'DMN 1.5 XML (docs/rules.md, “As DMN”).' }, JSON: { value: 'json', description: 'The document as it is kept.' } } as const,
});

/** What a file is refused for, or what an owner should look at. */
export const RuleSetFileFindingType = builder.objectRef<FileFinding>('RuleSetFileFinding').implement({
  description: 'One thing that a file is refused for, or that an owner should look at.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs (docs/rules.md).' }),
    severity: t.field({ type: FindingSeverityEnum, resolve: ({ severity }) => severity }),
    elementId: t.string({ nullable: true, resolve: ({ elementId }) => elementId ?? null }),
    elementName: t.string({ nullable: true, resolve: ({ elementName }) => elementName ?? null }),
    place: t.string({ nullable: true, description: 'Line and column of the XML, or a path into the JSON.', resolve: ({ place }) => place ?? null }),
    ruleId: t.string({ nullable: true, resolve: ({ ruleId }) => ruleId ?? null }),
    row: t.int({ nullable: true, description: 'Of a cell: its row in the file, from 1.', resolve: ({ row }) => row ?? null }),
    column: t.string({ nullable: true, resolve: ({ column }) => column ?? null }),
    text: t.string({ nullable: true, description: 'What the cell holds.', resolve: ({ text }) => text ?? null }),
    message: t.field({ type: LocalizedTextType, resolve: ({ message }) => message }),
  }),
});

/** A decision of a file, and what it would be as a rule set. */
export const RuleSetFileDecisionType = builder.objectRef<DecisionSummary>('RuleSetFileDecision').implement({
  description: 'A decision of a file. What is null of the rule set is so because it cannot be one: the findings say why.',
  fields: (t) => ({
    decisionId: t.exposeString('decisionId'),
    name: t.exposeString('name'),
    canBeImported: t.boolean({ resolve: ({ ruleSet }) => ruleSet !== undefined }),
    isOwn: t.exposeBoolean('isOwn', { description: 'Careloop wrote it: its key and domain are those of the rule set rather than a suggestion.' }),
    key: t.string({ nullable: true, resolve: ({ ruleSet }) => ruleSet?.key ?? null }),
    ruleSetName: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ ruleSet }) => ruleSet?.name ?? null }),
    domain: t.field({ type: RuleSetDomainEnum, nullable: true, resolve: ({ ruleSet }): RuleDomain | null => ruleSet?.domain ?? null }),
    hitPolicy: t.string({ nullable: true, description: 'As documents have it: collect, unique, first, …', resolve: ({ ruleSet }) => (ruleSet ? (ruleSet.hitPolicy ?? 'collect') : null) }),
    inputs: t.stringList({ resolve: ({ ruleSet }) => [...(ruleSet?.inputs ?? [])] }),
    outputs: t.stringList({ resolve: ({ ruleSet }) => [...(ruleSet?.outputs ?? [])] }),
    ruleCount: t.int({ nullable: true, resolve: ({ ruleSet }) => ruleSet?.ruleCount ?? null }),
    findings: t.field({ type: [RuleSetFileFindingType], description: 'Errors first; at most 500.', resolve: ({ findings }) => [...findings] }),
    findingCount: t.exposeInt('findingCount'),
  }),
});

/** A rule set as a file. */
export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
  readonly findings: readonly FileFinding[];
}

export const RuleSetFileType = builder.objectRef<ExportedFile>('RuleSetFile').implement({
  description: 'A rule set as a file.',
  fields: (t) => ({
    fileName: t.exposeString('fileName'),
    mediaType: t.exposeString('mediaType'),
    content: t.exposeString('content'),
    findings: t.field({ type: [RuleSetFileFindingType], description: 'What other tools do not execute alike.', resolve: ({ findings }) => [...findings] }),
  }),
});

/** The file that a draft was made of. */
export const RuleSetImportType = builder.objectRef<ImportedFile>('RuleSetImport').implement({
  description: 'The file that a draft was made of.',
  fields: (t) => ({
    importedAt: t.expose('importedAt', { type: 'DateTime' }),
    importedBy: t.field({ type: AssigneeType, resolve: ({ importedBy }) => ({ id: importedBy }) }),
    // The column has no other value.
    format: t.field({ type: RuleSetFileFormatEnum, resolve: ({ format }) => format as FileFormat }),
    decisionId: t.exposeString('decisionId'),
    revision: t.exposeInt('revision', { description: 'The revision that it became.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the file.' }),
    // The column holds what the import found.
    findings: t.field({ type: [RuleSetFileFindingType], description: 'What an owner should look at.', resolve: ({ findings }) => findings as unknown as readonly FileFinding[] as FileFinding[] }),
  }),
});
