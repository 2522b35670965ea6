import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';

export interface LinkOptions {
  readonly database: Pick<Database, 'prisma'>;
  readonly providers: readonly { readonly id: string; readonly issuer: string }[];
  readonly recordFact: (fact: DoorFact) => Promise<void>;
}

/** PROVIDER_NOT_FOUND: no provider of the sign-on file. IDENTITY_TAKEN: subject or person is linked at this issuer already. */
export type LinkRefusal = 'SIGN_ON_PROVIDER_NOT_FOUND' | 'SIGN_ON_PERSON_NOT_FOUND' | 'SIGN_ON_IDENTITY_NOT_FOUND' | 'SIGN_ON_IDENTITY_TAKEN';
export type LinkOutcome = { readonly kind: 'done'; readonly userId: string } | { readonly kind: 'refused'; readonly code: LinkRefusal; readonly place: string };

/** Links that administrators make and take away, each on record with who. */
export function createIdentityLinks({ database: { prisma }, providers, recordFact }: LinkOptions) {
  return {
    /** The id of an issuer's provider; undefined for one that the sign-on file no longer has. */
    providerOf: (issuer: string): string | undefined => providers.find((provider) => provider.issuer === issuer)?.id,

    list: (userId: string) => prisma.signOnIdentity.findMany({ where: { userId }, orderBy: { linkedAt: 'asc' } }),

    /** Says that a provider's subject is that person here. */
    async link({ userId, provider: providerId, subject }: { readonly userId: string; readonly provider: string; readonly subject: string }, actor: Actor): Promise<LinkOutcome> {
      const provider = providers.find(({ id }) => id === providerId);
      if (!provider) return { kind: 'refused', code: 'SIGN_ON_PROVIDER_NOT_FOUND', place: 'provider' };
      if (!(await prisma.user.findUnique({ where: { id: userId }, select: { id: true } }))) return { kind: 'refused', code: 'SIGN_ON_PERSON_NOT_FOUND', place: 'personId' };
      const id = randomUUID();
      const { count } = await prisma.signOnIdentity.createMany({ data: [{ id, issuer: provider.issuer, subject, userId, linkedBy: actor.id }], skipDuplicates: true });
      if (count === 0) return { kind: 'refused', code: 'SIGN_ON_IDENTITY_TAKEN', place: 'subject' };
      await recordFact({ factId: `signOn.linked/${id}`, action: 'signOn.linked', actor, detail: { provider: providerId, userId } });
      return { kind: 'done', userId };
    },

    /** Takes a link away, and ends the sessions that began by it. */
    async unlink(identityId: string, actor: Actor): Promise<LinkOutcome> {
      const identity = await prisma.signOnIdentity.findUnique({ where: { id: identityId } });
      if (!identity) return { kind: 'refused', code: 'SIGN_ON_IDENTITY_NOT_FOUND', place: 'identityId' };
      const { issuer, subject, userId } = identity;
      // On record first: a link that is gone without an entry must not be; an entry is repeated without harm.
      await recordFact({ factId: `signOn.unlinked/${identityId}`, action: 'signOn.unlinked', actor, detail: { issuer, userId } });
      await prisma.$transaction([prisma.signOnIdentity.deleteMany({ where: { id: identityId } }), prisma.session.deleteMany({ where: { userId, signOn: { issuer, subject } } })]);
      return { kind: 'done', userId };
    },
  };
}

export type IdentityLinks = ReturnType<typeof createIdentityLinks>;
