import { randomUUID } from 'node:crypto';
import { addAccountNotice } from '../../identity/account-notices.ts';
import type { RecoveryCase } from '../../identity/recovery/index.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { codedError, NotFoundError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { RecoveryCaseType } from '../types/recovery-case.ts';
import { inputSchemas } from './inputs.ts';

const OpenRecoveryInput = builder.inputType('OpenRecoveryInput', {
  fields: (t) => ({
    username: t.string({ required: true, validate: inputSchemas.username }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    identityCheck: t.string({ required: true, validate: inputSchemas.reason, description: 'How you have made sure who the person is.' }),
    removesFactors: t.boolean({ required: true, description: 'Whether second factors and passkeys are lost as well and are removed.' }),
  }),
});
const ConfirmRecoveryInput = builder.inputType('ConfirmRecoveryInput', { fields: (t) => ({ recoveryId: t.id({ required: true, validate: inputSchemas.id }) }) });
const WithdrawRecoveryInput = builder.inputType('WithdrawRecoveryInput', { fields: (t) => ({ recoveryId: t.id({ required: true, validate: inputSchemas.id }), reason: t.string({ required: true, validate: inputSchemas.reason }) }) });
const UnlockAccountInput = builder.inputType('UnlockAccountInput', { fields: (t) => ({ username: t.string({ required: true, validate: inputSchemas.username }), reason: t.string({ required: true, validate: inputSchemas.reason }) }) });

interface InCase {
  readonly caseId: string;
}

const caseOf = async ({ caseId }: InCase, _args: object, { recovery }: RequestContext): Promise<RecoveryCase> => {
  const found = await recovery.find(caseId);
  if (!found) throw new Error('Expected the recovery that was just written, but it is not there');
  return found;
};

const OpenRecoveryPayload = builder.objectRef<InCase & { readonly code: string }>('OpenRecoveryPayload').implement({
  fields: (t) => ({ recovery: t.field({ type: RecoveryCaseType, resolve: caseOf }), recoveryCode: t.string({ description: 'For the person, beside the link. It cannot be read again.', resolve: ({ code }) => code }) }),
});
const ConfirmRecoveryPayload = builder.objectRef<InCase & { readonly token: string; readonly expiresAt: Date }>('ConfirmRecoveryPayload').implement({
  fields: (t) => ({
    recovery: t.field({ type: RecoveryCaseType, resolve: caseOf }),
    recoveryPath: t.string({ description: 'Path of the link for the person. It cannot be read again.', resolve: ({ token }) => `/recover#${token}` }),
    linkExpiresAt: t.field({ type: 'DateTime', resolve: ({ expiresAt }) => expiresAt }),
  }),
});
const WithdrawRecoveryPayload = builder.objectRef<InCase>('WithdrawRecoveryPayload').implement({ fields: (t) => ({ recovery: t.field({ type: RecoveryCaseType, resolve: caseOf }) }) });
const UnlockAccountPayload = builder.objectRef<{ readonly unlocked: number }>('UnlockAccountPayload').implement({ fields: (t) => ({ unlocked: t.exposeInt('unlocked', { description: 'How many counts of wrong tries were forgotten.' }) }) });

builder.mutationField('openRecovery', (t) =>
  t.field({
    type: OpenRecoveryPayload,
    description: 'First of two administrators: lets a person who lost password or factors in again. Lasts 24 hours unless a security administrator confirms it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'OpenRecoveryResult' } },
    args: { input: t.arg({ type: OpenRecoveryInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const outcome = await context.recovery.open(input, actorOf(context.viewer));
      if (outcome.kind === 'refused') throw await refused(codedError({ code: outcome.code, place: 'username' }), {}, context);
      return outcome;
    },
  }),
);

builder.mutationField('confirmRecovery', (t) =>
  t.field({
    type: ConfirmRecoveryPayload,
    description: 'Second of two administrators, another person: makes the link, which lasts an hour and works once.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ConfirmRecoveryResult' } },
    args: { input: t.arg({ type: ConfirmRecoveryInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const outcome = await context.recovery.confirm(input.recoveryId, actorOf(context.viewer));
      if (outcome.kind === 'refused') throw await refused(codedError({ code: outcome.code, place: 'recoveryId' }), {}, context);
      return { ...outcome, caseId: input.recoveryId };
    },
  }),
);

builder.mutationField('withdrawRecovery', (t) =>
  t.field({
    type: WithdrawRecoveryPayload,
    description: 'Ends a recovery that was not used yet; its link is void.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'WithdrawRecoveryResult' } },
    args: { input: t.arg({ type: WithdrawRecoveryInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const outcome = await context.recovery.withdraw(input.recoveryId, input.reason, actorOf(context.viewer));
      if (outcome.kind === 'refused') throw await refused(codedError({ code: outcome.code, place: 'recoveryId' }), {}, context);
      return { caseId: input.recoveryId };
    },
  }),
);

builder.mutationField('unlockAccount', (t) =>
  t.field({
    type: UnlockAccountPayload,
    description: 'Forgets the wrong tries for an account before their quarter of an hour is over. The person is told.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'UnlockAccountResult' } },
    args: { input: t.arg({ type: UnlockAccountInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { database, signInGuard, recordFact, viewer } = context;
      const user = await database.prisma.user.findUnique({ where: { username: input.username.toLowerCase() }, select: { id: true } });
      if (!user) throw await refused(new NotFoundError({ code: 'PERSON_NOT_FOUND', place: 'username' }), {}, context);
      const unlocked = await signInGuard.unlock(user.id);
      await recordFact({ factId: `signIn.unlocked/${randomUUID()}`, action: 'signIn.unlocked', actor: actorOf(viewer), reason: input.reason, detail: { personId: user.id } });
      if (unlocked > 0) await addAccountNotice(database, user.id, 'unlocked');
      return { unlocked };
    },
  }),
);
