import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Database } from '#database';
import { engineActor } from '#engine';
import { createClientSecret, hashClientSecret, verifyClientSecret } from './client-secret.ts';
import { personRoles, ruleDomainOwners, systemRoles, wardRoles } from './policy.ts';
import { neededQualification } from './role-requirements.ts';
import { createSignInLink, removeOldSignInLinks } from './sign-in-links.ts';
import { demoNames } from './demo-names.ts';

const loginSchema = z.object({ username: z.string(), password: z.string() });
const credentialsSchema = z.object({
  users: z.record(z.string(), loginSchema),
  clients: z.record(z.string(), z.object({ clientId: z.string(), clientSecret: z.string() })),
  /** The people of further wards: ward id → role. */
  wards: z.record(z.string(), z.record(z.string(), loginSchema)).optional(),
});

/**
 * `demo-credentials.json`. `users` has one person a role; where a role works in wards, the one of the first ward. Who
 * owns rules for the whole hospital has a second person, `<role>-2`: nobody approves their own change.
 */
export type DemoCredentials = z.infer<typeof credentialsSchema>;
type Login = z.infer<typeof loginSchema>;

interface DemoPerson {
  readonly role: (typeof personRoles)[number];
  readonly unit?: string;
  readonly username: string;
  readonly name: string;
}

/**
 * Makes the people and systems of the demo hospital, one person for each role and ward and a second one where rules need two, all synthetic and
 * marked so, with random passwords in `<dataFolder>/demo-credentials.json` (mode 600). A restart keeps them;
 * where file and database disagree, the file counts. Wards that somebody made get people from their administrators.
 */
export async function createDemoIdentities({ database, dataFolder }: { readonly database: Pick<Database, 'prisma'>; readonly dataFolder: string }): Promise<DemoCredentials> {
  const path = join(dataFolder, 'demo-credentials.json');
  const known = existsSync(path) ? credentialsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  const wards = await database.prisma.ward.findMany({ where: { createdBy: null }, orderBy: { id: 'asc' }, select: { id: true } });

  const credentials: { users: Record<string, Login>; clients: DemoCredentials['clients']; wards: Record<string, Record<string, Login>> } = { users: {}, clients: {}, wards: {} };
  await Promise.all(
    demoPeople(wards.map((ward) => ward.id)).map(async (person) => {
      const given = [known?.users[person.unit === undefined ? person.username : person.role], ...(person.unit === undefined ? [] : [known?.wards?.[person.unit]?.[person.role]])].find((login) => login?.username === person.username);
      const login = { username: person.username, password: given?.password ?? randomBytes(18).toString('base64url') };
      await ensurePerson(database, person, login.password);
      if (person.unit === undefined) credentials.users[person.username] = login;
      else if (person.unit === wards[0]?.id) credentials.users[person.role] = login;
      if (person.unit !== undefined) credentials.wards[person.unit] = { ...credentials.wards[person.unit], [person.role]: login };
    }),
  );
  await Promise.all(
    systemRoles.map(async (name) => {
      const client = { clientId: name, clientSecret: known?.clients[name]?.clientSecret ?? createClientSecret() };
      await ensureClient(database, name, client.clientSecret);
      credentials.clients[name] = client;
    }),
  );
  writePrivately(path, { users: sorted(credentials.users), clients: sorted(credentials.clients), wards: sorted(credentials.wards) });
  return credentials;
}

/**
 * Makes fresh one-time links, one for each role, in `<dataFolder>/sign-in-links.json` (mode 600): role →
 * address. Links of an earlier start, which may stand in a terminal, work until they are used or ten minutes old.
 */
export async function createDemoSignInLinks({ database, dataFolder, baseUrl, credentials }: { readonly database: Pick<Database, 'prisma'>; readonly dataFolder: string; readonly baseUrl: string; readonly credentials: DemoCredentials }): Promise<Readonly<Record<string, string>>> {
  await removeOldSignInLinks(database);
  const links: Record<string, string> = {};
  for (const [role, { username }] of Object.entries(sorted(credentials.users))) {
    const user = await database.prisma.user.findUnique({ where: { username }, select: { id: true } });
    if (user) links[role] = `${baseUrl}/sign-in/${(await createSignInLink(database, user.id)).token}`;
  }
  writePrivately(join(dataFolder, 'sign-in-links.json'), links);
  return links;
}

function demoPeople(wards: readonly string[]): readonly DemoPerson[] {
  return personRoles.flatMap((role): readonly DemoPerson[] => {
    if (!wardRoles.includes(role) || wards.length === 0) {
      const second = Object.values(ruleDomainOwners).some((owner) => owner === role) ? [{ role, username: `${role}-2`, name: demoNames(role, 1) }] : [];
      return [{ role, username: role, name: demoNames(role, 0) }, ...second];
    }
    return wards.map((unit, index) => ({ role, unit, username: `${role}-${unit.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`, name: demoNames(role, index) }));
  });
}

async function ensurePerson({ prisma }: Pick<Database, 'prisma'>, { role, unit, username, name }: DemoPerson, password: string): Promise<void> {
  const user = await prisma.user.upsert({
    where: { username },
    create: { id: `demo-${username}`, username, displayUsername: username, name, email: `${username}@demo.invalid`, staffNumber: username },
    update: { name, staffNumber: username },
  });
  await ensureRole({ prisma }, user, role, unit);
  const account = await prisma.account.findFirst({ where: { userId: user.id, providerId: 'credential' } });
  if (account?.password && (await verifyPassword({ hash: account.password, password }))) return;
  const hash = await hashPassword(password);
  if (account) await prisma.account.update({ where: { id: account.id }, data: { password: hash } });
  else await prisma.account.create({ data: { id: randomUUID(), accountId: user.id, providerId: 'credential', userId: user.id, password: hash } });
}

/** The person's role, and the licence that it needs. What an administrator of the demo hospital has ended since stays ended. */
async function ensureRole({ prisma }: Pick<Database, 'prisma'>, { id: userId, createdAt: validFrom }: { readonly id: string; readonly createdAt: Date }, role: DemoPerson['role'], unit: string | undefined): Promise<void> {
  const id = uuidOf(`${userId}/${role}/${unit ?? ''}`);
  // In a database of before the assignments, a migration has moved the role already.
  const isHeld = (await prisma.roleAssignment.count({ where: { userId, role, unit: unit ?? null, kind: 'regular' } })) > 0;
  if (!isHeld) await prisma.roleAssignment.upsert({ where: { id }, create: { id, userId, role, unit: unit ?? null, validFrom, grantedBy: engineActor.id }, update: {} });
  const code = neededQualification[role];
  if (code === undefined) return;
  const qualificationId = uuidOf(`${userId}/${code}`);
  await prisma.qualification.upsert({ where: { id: qualificationId }, create: { id: qualificationId, userId, code, validFrom, recordedBy: engineActor.id }, update: {} });
}

/** The same UUID for the same text (RFC 9562 §5.8), so that several gateways that start at once make one row. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A new secret in the file takes the place of the demo's earlier one; credentials that somebody added stay, and a revoked secret stays revoked. */
async function ensureClient({ prisma }: Pick<Database, 'prisma'>, name: string, secret: string): Promise<void> {
  await prisma.systemClient.upsert({ where: { name }, create: { id: name, name, roles: [name] }, update: {} });
  const ours = { clientId: name, kind: 'secret', createdBy: null };
  for (const { secretHash } of await prisma.clientCredential.findMany({ where: ours })) if (secretHash !== null && (await verifyClientSecret(secret, secretHash))) return;
  await prisma.clientCredential.updateMany({ where: { ...ours, revokedAt: null }, data: { revokedAt: new Date() } });
  await prisma.clientCredential.create({ data: { id: randomUUID(), clientId: name, kind: 'secret', secretHash: await hashClientSecret(secret) } });
}

/** Replaces the file whole, so that a kill leaves the old or the new one. */
function writePrivately(path: string, content: object): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
