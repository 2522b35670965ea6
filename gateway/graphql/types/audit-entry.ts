import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';
import { isCandidate } from '../../identity/task-rights.ts';
import { builder } from '../builder.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';
import { operationFacts, operations } from '../operation-facts.ts';
import { sentenceOf } from '../sentences.ts';
import { relatedPatient } from '../visible-rows.ts';
import { ActorType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import { PatientType } from './patient.ts';
import type { RequestContext } from '../context.ts';

interface EntryKey {
  readonly instanceId: string | null;
  readonly elementId: string | null;
}

/** The element of the process that an entry is about, as the instance's own version has it, or the newest other one that has it. */
export async function elementOf({ instanceId, elementId }: EntryKey, { loaders, bundles }: RequestContext) {
  if (instanceId === null || elementId === null) return undefined;
  const hash = await loaders.bundleHash(instanceId);
  if (hash === undefined) return undefined;
  const present = await bundles.get(hash);
  const element = present.elements.get(elementId);
  if (element) return element;
  // The instance was in another version when it happened.
  for (const other of (await loaders.versions(present.definition.key)) ?? []) {
    const earlier = (await bundles.get(other)).elements.get(elementId);
    if (earlier) return earlier;
  }
  return undefined;
}

/** A line of the record. */
export const AuditEntryType = builder.prismaNode('AuditEntry', {
  id: { field: 'id' },
  description: 'A line of the record. Its values are encrypted with the key of the patient.',
  fields: (t) => ({
    sequence: t.string({ description: 'Place in the record, counted upward.', resolve: ({ id }) => id.toString() }),
    factId: t.exposeString('factId'),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    deviceAt: t.expose('deviceAt', { type: 'DateTime', nullable: true }),
    timeSource: t.exposeString('timeSource', { nullable: true }),
    lateEntry: t.exposeBoolean('lateEntry', { description: '补录' }),
    actor: t.field({ type: ActorType, resolve: ({ actorId, actorKind, actorRoles }) => ({ id: actorId, kind: actorKind, roles: actorRoles }) }),
    onBehalfOf: t.exposeString('onBehalfOf', { nullable: true }),
    action: t.exposeString('action'),
    processKey: t.exposeString('processKey', { nullable: true }),
    processInstanceId: t.exposeString('instanceId', { nullable: true }),
    elementId: t.exposeString('elementId', { nullable: true }),
    elementName: t.field({ type: LocalizedTextType, nullable: true, resolve: async (entry, _args, context) => (await elementOf(entry, context))?.name ?? null }),
    taskId: t.exposeString('taskId', { nullable: true }),
    patient: t.field({
      type: PatientType,
      nullable: true,
      resolve: ({ patientId }, _args, context) => relatedPatient(patientId, context),
    }),
    reason: t.exposeString('reason', { nullable: true }),
    ruleSet: t.exposeString('ruleSet', { nullable: true }),
    ruleSetVersion: t.exposeString('ruleSetVersion', { nullable: true }),
    decisionId: t.exposeString('decisionId', { nullable: true }),
    corrects: t.exposeString('corrects', { nullable: true, description: 'factId of the entry that this one corrects.' }),
    before: t.field({ type: 'JSON', nullable: true, resolve: async (entry, _args, context) => (await openedPayload(entry, context))?.before ?? null }),
    after: t.field({ type: 'JSON', nullable: true, resolve: async (entry, _args, context) => (await openedPayload(entry, context))?.after ?? null }),
    detail: t.field({ type: 'JSON', nullable: true, resolve: async (entry, _args, context) => ((await isBlind(entry, context)) ? null : ((await openedPayload(entry, context))?.detail ?? null)) }),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('AuditEntry') }),
    leafIndex: t.string({ nullable: true, description: 'Index in the Merkle log; null until the next tree head.', resolve: async ({ id }, _args, { loaders }) => (await loaders.leafIndex(id.toString()))?.toString() ?? null }),
    sentence: t.field({
      type: LocalizedTextType,
      description: 'What happened, in business words.',
      resolve: (entry, _args, context) => sentenceOfEntry(entry, context),
    }),
  }),
});

/** What an entry says, in business words; nothing of the patient is in it. */
export async function sentenceOfEntry(entry: Prisma.AuditEntryGetPayload<object>, context: RequestContext): Promise<LocalizedText> {
  const { actorId, ruleSet, ruleSetVersion } = entry;
  const [element, actorName, ruleSetName] = await Promise.all([elementOf(entry, context), context.loaders.actorName(actorId), ruleSet === null ? undefined : context.loaders.ruleSetName(`${ruleSet}/${ruleSetVersion ?? ''}`)]);
  return sentenceOf({ action: entry.action, actorId, actorKind: entry.actorKind, actorRoles: entry.actorRoles, actorName, element, elementId: entry.elementId ?? undefined, reason: entry.reason ?? undefined, ruleSet: ruleSet ?? undefined, ruleSetVersion: ruleSetVersion ?? undefined, ruleSetName, operation: await operationOf(entry, context), lateEntry: entry.lateEntry });
}

/** Whether the entry holds what a first person has entered and the viewer may be the one to verify it, by a reading of their own. */
async function isBlind({ action, actorId, instanceId, taskId }: { readonly action: string; readonly actorId: string; readonly taskId: string | null } & EntryKey, { viewer, loaders }: RequestContext): Promise<boolean> {
  if (action !== 'task.performed' || actorId === viewer.id || instanceId === null || taskId === null) return false;
  const task = await loaders.unverifiedTask(`${instanceId}:${taskId}`);
  return task !== undefined && isCandidate(task, viewer);
}

/** What of the detail the sentence tells; the values themselves stay with those who may see them. */
async function operationOf({ action, instanceId, factId, payload }: { readonly action: string; readonly instanceId: string | null; readonly factId: string; readonly payload: unknown }, { loaders, bundles, openPayload }: RequestContext) {
  if (!operations.has(action) || instanceId === null) return undefined;
  const [hash, opened] = await Promise.all([loaders.bundleHash(instanceId), openPayload({ factId, payload })]);
  return hash === undefined ? undefined : operationFacts(opened?.detail, (await bundles.get(hash)).elements);
}

async function openedPayload(entry: { readonly factId: string; readonly payload: unknown; readonly patientId: string | null }, { openPayload, reads }: RequestContext) {
  if (entry.payload === null) return undefined;
  if (entry.patientId !== null) reads.add(entry.patientId);
  return openPayload(entry);
}
