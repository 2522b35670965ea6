import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { unstorable } from '../../unstorable-text.ts';
import type { SignedOn } from './provider-client.ts';
import type { SignOnProvider } from './sign-on-file.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';

/** Who linked a person at their first sign-on. */
const bySignOn = 'sign-on';

/**
 * The person here whom the provider means. Without a link, and where the settings allow it, the one with that staff
 * number; never by e-mail, which people and providers change. Nobody is made. `isNew`: linked just now.
 * Refuses: SIGN_ON_PERSON_UNKNOWN; SIGN_ON_LINK_CONFLICT where that person is linked to another subject.
 */
export async function personOfSignOn({ prisma }: Pick<Database, 'prisma'>, { issuer, linkBy, staffNumberClaim }: SignOnProvider, { subject, claims }: Pick<SignedOn, 'subject' | 'claims'>): Promise<{ readonly userId: string; readonly isNew: boolean }> {
  const known = await prisma.signOnIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { userId: true } });
  if (known) return { userId: known.userId, isNew: false };
  if (linkBy !== 'staffNumber' || staffNumberClaim === undefined) throw new SignOnRefusal('SIGN_ON_PERSON_UNKNOWN', 'not linked');
  const staffNumber = Object.hasOwn(claims, staffNumberClaim) ? claims[staffNumberClaim] : undefined;
  if (typeof staffNumber !== 'string' || staffNumber === '' || staffNumber.length > 64 || unstorable(staffNumber) !== undefined) throw new SignOnRefusal('SIGN_ON_PERSON_UNKNOWN', 'no staff number');
  // Systems write the letters of a number large or small; where two people differ by that alone, it names neither.
  const [person, ...others] = await prisma.user.findMany({ where: { staffNumber: { equals: staffNumber, mode: 'insensitive' } }, select: { id: true }, take: 2 });
  if (!person || others.length > 0) throw new SignOnRefusal('SIGN_ON_PERSON_UNKNOWN', 'no person with that staff number');
  // Both are unique: the subject, and the person at this issuer.
  await prisma.signOnIdentity.createMany({ data: [{ id: randomUUID(), issuer, subject, userId: person.id, linkedBy: bySignOn }], skipDuplicates: true });
  const now = await prisma.signOnIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { userId: true } });
  if (now?.userId !== person.id) throw new SignOnRefusal('SIGN_ON_LINK_CONFLICT', 'the person is linked to another subject');
  return { userId: person.id, isNew: true };
}
