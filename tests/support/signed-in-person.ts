import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Database } from '#database';
import { neededQualification } from '../../gateway/identity/role-requirements.ts';
import type { Role } from '../../gateway/identity/policy.ts';

/** One for all of a file: hashing is made to be slow. */
const password = `${randomUUID()} of a test`;
let hashed: Promise<string> | undefined;

/** A person who is none of the demo hospital, with a password. */
export interface TestPerson {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

export async function createPerson({ prisma }: Pick<Database, 'prisma'>, username: string, roles: readonly string[]): Promise<TestPerson> {
  const person = { id: `person-${username}`, username, password };
  hashed ??= hashPassword(password);
  await prisma.user.create({ data: { id: person.id, username, displayUsername: username, name: `${username}（合成）`, email: `${username}@test.invalid`, roleAssignments: { create: roles.map((role) => ({ id: randomUUID(), role, validFrom: new Date(0), grantedBy: 'test' })) }, qualifications: { create: roles.flatMap((role) => neededQualification[role as Role] ?? []).map((code) => ({ id: randomUUID(), code, validFrom: new Date(0), recordedBy: 'test' })) } } });
  await prisma.account.create({ data: { id: randomUUID(), accountId: person.id, providerId: 'credential', userId: person.id, password: await hashed } });
  return person;
}
