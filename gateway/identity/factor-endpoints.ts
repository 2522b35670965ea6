import { randomUUID } from 'node:crypto';
import type { GenericEndpointContext } from '@better-auth/core';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import type { Database } from '#database';
import { isMultiFactor, isRecent } from './authentication.ts';
import { keyUri, base32 } from './one-time-code.ts';
import { passkeyAddressOf } from './passkeys.ts';
import type { PersonFacts } from './person-facts.ts';
import { beginSession, renewSession, requireRightToChangeFactors, requireSession, type PersonSession } from './person-session.ts';
import { closeChallenge, openChallenge } from './second-factor-challenge.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import type { CodeVerdict, SecondFactors } from './second-factors.ts';

export interface FactorEndpointOptions {
  readonly database: Pick<Database, 'prisma'>;
  readonly baseUrl: string;
  readonly factors: SecondFactors;
  readonly rule: SecondFactorRule;
  readonly facts: PersonFacts;
}

const typedCode = z.string().min(1).max(40);
const shownFactor = z.union([z.strictObject({ code: typedCode }), z.strictObject({ backupCode: typedCode })]);

/**
 * What people do about their factors, under `/api/auth/`: the second step of signing in, showing a factor anew, and enrolling,
 * naming and removing them. No answer tells a session's token.
 */
export function factorEndpoints({ database, baseUrl, factors, rule, facts }: FactorEndpointOptions) {
  const hasFactor = async (userId: string) => {
    const { hasOneTimeCode, passkeys } = await factors.summaryOf(userId);
    return hasOneTimeCode || passkeys > 0;
  };

  async function requireChange(ctx: GenericEndpointContext): Promise<PersonSession> {
    const session = await requireSession(ctx);
    requireRightToChangeFactors(session, await hasFactor(session.user.id));
    return session;
  }

  /** Takes a code or backup code, within the bounds of guesses. */
  async function show(ctx: GenericEndpointContext, userId: string, shown: z.infer<typeof shownFactor>): Promise<void> {
    await facts.beginAttempt(ctx, `code:${userId}`);
    const verdict = 'code' in shown ? await factors.acceptOneTimeCode(userId, shown.code, Date.now()) : await factors.acceptBackupCode(userId, shown.backupCode);
    if (verdict !== 'accepted') {
      await facts.record(`factor.refused/${randomUUID()}`, 'factor.refused', userId, refusals[verdict].code);
      throw new APIError('UNAUTHORIZED', refusals[verdict]);
    }
    await facts.succeed(ctx, `code:${userId}`);
    if ('backupCode' in shown) {
      await factors.forgive(userId);
      await facts.record(`backupCode.used/${randomUUID()}`, 'backupCode.used', userId);
    }
  }

  return {
    id: 'careloop-factors',
    endpoints: {
      verifySecondFactor: createAuthEndpoint('/second-factor/verify', { method: 'POST', body: shownFactor }, async (ctx) => {
        const challenge = await openChallenge(ctx);
        await show(ctx, challenge.userId, ctx.body);
        await closeChallenge(ctx, challenge);
        const by = 'code' in ctx.body ? 'password+otp' : 'password+backup-code';
        const sessionId = await beginSession(ctx, challenge.userId, by);
        await facts.record(`person.signedIn/${sessionId}`, 'person.signedIn', challenge.userId, by);
        return ctx.json({ signedIn: true });
      }),

      reauthenticate: createAuthEndpoint('/reauthenticate', { method: 'POST', body: z.union([shownFactor, z.strictObject({ password: z.string().min(1).max(128) })]) }, async (ctx) => {
        const session = await requireSession(ctx);
        const { authenticatedBy, authenticationMethods: methods, user } = session;
        const { body } = ctx;
        if ('password' in body) await showPassword(ctx, session, body.password);
        else await show(ctx, user.id, body);
        const renewed = 'password' in body ? methods : [...new Set([...methods, 'otp', 'mfa'])];
        const by = 'password' in body || authenticatedBy !== 'password' ? authenticatedBy : 'code' in body ? 'password+otp' : 'password+backup-code';
        const sessionId = await renewSession(ctx, session, by, renewed);
        await facts.record(`person.reauthenticated/${sessionId}`, 'person.reauthenticated', user.id, Object.keys(body)[0]);
        return ctx.json({ authenticatedBy: by });
      }),

      factorOverview: createAuthEndpoint('/security/overview', { method: 'POST' }, async (ctx) => {
        const { user, authenticatedBy, authenticationMethods, authenticatedAt } = await requireSession(ctx);
        const [subject, oneTimeCode, backupCodesLeft, passkeys, passwords] = await Promise.all([
          facts.subjectOf(user.id),
          database.prisma.oneTimeCode.findFirst({ where: { userId: user.id, confirmedAt: { not: null } }, select: { confirmedAt: true } }),
          database.prisma.backupCode.count({ where: { userId: user.id, usedAt: null } }),
          database.prisma.passkey.findMany({ where: { userId: user.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true } }),
          database.prisma.account.count({ where: { userId: user.id, providerId: 'credential', password: { not: null } } }),
        ]);
        return ctx.json({
          person: { id: user.id, username: typeof user['username'] === 'string' ? user['username'] : user.id, displayName: user.name },
          demand: rule.demandOf(subject),
          isMissing: rule.isMissing(subject, authenticationMethods),
          authenticatedBy,
          isMultiFactor: isMultiFactor(authenticationMethods),
          isRecent: isRecent(authenticatedAt),
          hasPassword: passwords > 0,
          oneTimeCode: oneTimeCode === null ? null : { confirmedAt: oneTimeCode.confirmedAt },
          backupCodesLeft,
          passkeys,
          passkeyAddress: passkeyAddressOf(baseUrl),
        });
      }),

      beginOneTimeCode: createAuthEndpoint('/one-time-code/begin', { method: 'POST' }, async (ctx) => {
        const { user } = await requireChange(ctx);
        const secret = await factors.beginOneTimeCode(user.id);
        if (!secret) throw new APIError('CONFLICT', { code: 'ONE_TIME_CODE_PRESENT', message: 'Expected no authenticator, but there is one; remove it first' });
        return ctx.json({ secret: base32(secret), uri: keyUri(secret, typeof user['username'] === 'string' ? user['username'] : user.id) });
      }),

      confirmOneTimeCode: createAuthEndpoint('/one-time-code/confirm', { method: 'POST', body: z.strictObject({ code: typedCode }) }, async (ctx) => {
        const session = await requireChange(ctx);
        const { verdict, backupCodes } = await factors.confirmOneTimeCode(session.user.id, ctx.body.code, Date.now());
        if (verdict !== 'accepted') throw new APIError('UNAUTHORIZED', refusals[verdict]);
        // From now on a password alone signs nobody in: sessions that it made elsewhere end.
        await database.prisma.session.deleteMany({ where: { userId: session.user.id, NOT: { OR: [{ token: session.token }, { authenticationMethods: { has: 'mfa' } }] } } });
        await renewSession(ctx, session, session.authenticatedBy === 'password' ? 'password+otp' : session.authenticatedBy, [...new Set([...session.authenticationMethods, 'otp', 'mfa'])]);
        await facts.record(`factor.added/${randomUUID()}`, 'factor.added', session.user.id, 'one-time code');
        return ctx.json({ backupCodes });
      }),

      removeOneTimeCode: createAuthEndpoint('/one-time-code/remove', { method: 'POST' }, async (ctx) => {
        const { user } = await requireChange(ctx);
        if (!(await factors.removeOneTimeCode(user.id, await mustKeepOne(user.id)))) throw lastFactor();
        await facts.record(`factor.removed/${randomUUID()}`, 'factor.removed', user.id, 'one-time code');
        return ctx.json({ removed: true });
      }),

      renewBackupCodes: createAuthEndpoint('/backup-codes/renew', { method: 'POST' }, async (ctx) => {
        const { user } = await requireChange(ctx);
        if (!(await factors.summaryOf(user.id)).hasOneTimeCode) throw new APIError('CONFLICT', { code: 'ONE_TIME_CODE_MISSING', message: 'Expected an authenticator, but there is none; backup codes stand in for one' });
        const backupCodes = await factors.renewBackupCodes(user.id);
        await facts.record(`backupCodes.renewed/${randomUUID()}`, 'backupCodes.renewed', user.id);
        return ctx.json({ backupCodes });
      }),

      renamePasskey: createAuthEndpoint('/passkey/rename', { method: 'POST', body: z.strictObject({ id: z.string().min(1).max(100), name: z.string().trim().min(1).max(64) }) }, async (ctx) => {
        const { user } = await requireSession(ctx);
        const { count } = await database.prisma.passkey.updateMany({ where: { id: ctx.body.id, userId: user.id }, data: { name: ctx.body.name } });
        if (count === 0) throw new APIError('NOT_FOUND', { code: 'PASSKEY_NOT_FOUND', message: 'Expected a passkey of this person, but there is none' });
        return ctx.json({ renamed: true });
      }),

      removePasskey: createAuthEndpoint('/passkey/remove', { method: 'POST', body: z.strictObject({ id: z.string().min(1).max(100) }) }, async (ctx) => {
        const { user } = await requireChange(ctx);
        if ((await database.prisma.passkey.count({ where: { id: ctx.body.id, userId: user.id } })) === 0) throw new APIError('NOT_FOUND', { code: 'PASSKEY_NOT_FOUND', message: 'Expected a passkey of this person, but there is none' });
        if (!(await factors.removePasskey(user.id, ctx.body.id, await mustKeepOne(user.id)))) throw lastFactor();
        await facts.record(`factor.removed/${randomUUID()}`, 'factor.removed', user.id, 'passkey');
        return ctx.json({ removed: true });
      }),
    },
  };

  async function mustKeepOne(userId: string): Promise<boolean> {
    return rule.demandOf(await facts.subjectOf(userId)) === 'required';
  }

  /** A password renews only a session that a password made: it never stands in for a factor. */
  async function showPassword(ctx: GenericEndpointContext, { user, authenticationMethods }: PersonSession, password: string): Promise<void> {
    if (isMultiFactor(authenticationMethods) || (await factors.summaryOf(user.id)).hasOneTimeCode) throw new APIError('FORBIDDEN', { code: 'SECOND_FACTOR_REQUIRED', message: 'Expected a code or a passkey, but got a password' });
    const name = typeof user['username'] === 'string' ? user['username'].toLowerCase() : user.id;
    await facts.beginAttempt(ctx, name);
    const account = await database.prisma.account.findFirst({ where: { userId: user.id, providerId: 'credential' }, select: { password: true } });
    if (!account?.password || !(await ctx.context.password.verify({ hash: account.password, password }))) {
      await facts.record(`factor.refused/${randomUUID()}`, 'factor.refused', user.id, 'INVALID_PASSWORD');
      throw new APIError('UNAUTHORIZED', { code: 'INVALID_PASSWORD', message: 'Expected the password of this person, but it is another' });
    }
    await facts.succeed(ctx, name);
  }
}

function lastFactor(): APIError {
  return new APIError('CONFLICT', { code: 'LAST_FACTOR', message: 'Expected another factor to stay, but it is the last one of a person who must have one' });
}

const refusals = {
  wrong: { code: 'CODE_WRONG', message: 'Expected a code that is right now, but it is wrong or too old' },
  reused: { code: 'CODE_REUSED', message: 'Expected a code that was not used, but it was; wait for the next one' },
  locked: { code: 'CODE_LOCKED', message: 'Expected fewer wrong codes; show a passkey or a backup code' },
} as const satisfies Readonly<Record<Exclude<CodeVerdict, 'accepted'>, { readonly code: string; readonly message: string }>>;
