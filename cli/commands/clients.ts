import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { ClientAdministration, ClientCommand, CredentialKind, CredentialWish } from '../../gateway/identity/index.ts';
import type { Database } from '#database';
import type { Actor } from '#engine';

interface CredentialOptions {
  readonly jwk?: string;
  readonly certificate?: string;
  readonly subject?: string;
  readonly expires?: string;
}

interface Administering {
  readonly database: Database;
  readonly administration: ClientAdministration;
  readonly actor: Actor;
}

const hourMs = 3_600_000;

/** `careloop clients list | create | rotate | revoke`: systems that connect, for whoever has the installation's secrets. */
export function registerClients(program: Command): void {
  const clients = program.command('clients').description('systems that connect, and how they prove who they are');

  clients
    .command('list')
    .description('all systems with their credentials; exit 1 when a system has none that works longer than 30 days')
    .option('--json', 'print one JSON document')
    .action((options: { readonly json?: boolean }) => administering((parts) => list(parts, options)));

  withCredential(clients.command('create'))
    .description('let a system connect; prints its client_id, and the secret once')
    .argument('<name>', 'what people call it')
    .requiredOption('--role <role...>', 'his, lis or emr-desk')
    .action((name: string, options: CredentialOptions & { readonly role: readonly string[] }, command: Command) =>
      administering(async ({ administration, actor }) => tell(await administration.create({ name, roles: options.role, credential: wishOf(options, command) }, once(actor)))),
    );

  withCredential(clients.command('rotate'))
    .description('add a credential beside the old ones; they all work until the old ones end')
    .argument('<client-id>')
    .option('--end-others-in <hours>', 'when the other credentials end, hours from now')
    .action((clientId: string, options: CredentialOptions & { readonly endOthersIn?: string }, command: Command) => administering((parts) => rotate(parts, clientId, options, command)));

  clients
    .command('revoke')
    .description('end a system’s access, or one of its credentials')
    .argument('<client-id>')
    .requiredOption('--reason <text>', 'goes on record')
    .option('--credential <id>', 'this credential alone')
    .option('--end-tokens', 'with --credential: also end the tokens given for it, for a credential that somebody else may have')
    .action((clientId: string, options: { readonly reason: string; readonly credential?: string; readonly endTokens?: boolean }, command: Command) => administering((parts) => revoke(parts, clientId, options, command)));
}

function withCredential(command: Command): Command {
  return command
    .option('--jwk <file>', 'a public key (JSON Web Key) instead of a secret')
    .option('--certificate <file>', 'the system’s own certificate (PEM) instead of a secret')
    .option('--subject <file>', 'the name in this certificate (PEM), from an authority that the gateway trusts')
    .option('--expires <instant>', 'when the credential ends, ISO 8601');
}

async function administering(work: (parts: Administering) => Promise<void>): Promise<void> {
  const [{ createKeyStore }, { createDatabase }, { createClientAdministration, ClientAdministrationError }, { readSecrets, readSettings }, { runningDatabaseUrl }] = await Promise.all([
    import('#activities'), import('#database'), import('../../gateway/identity/index.ts'), import('../../gateway/settings.ts'), import('./running-database.ts'),
  ]);
  const settings = readSettings();
  const masterKey = Buffer.from(readSecrets(settings).masterKey, 'base64');
  const database = createDatabase(runningDatabaseUrl(settings), 3);
  try {
    // Whoever reads the installation's secrets may do everything; the record says which account of the machine it was.
    await work({ database, administration: createClientAdministration(database, createKeyStore(database, masterKey)), actor: { id: `command-line:${userInfo().username}`, kind: 'system', roles: ['security-administrator'] } });
  } catch (error) {
    if (!(error instanceof ClientAdministrationError)) throw error;
    throw new Error(`${error.code} (${error.place}): ${error.message}.`, { cause: error });
  } finally {
    await database.close();
  }
}

async function list({ database }: Administering, { json }: { readonly json?: boolean }): Promise<void> {
  const { credentialStatus, endedWithClient } = await import('../../gateway/identity/index.ts');
  const now = new Date();
  const rows = await database.prisma.systemClient.findMany({ include: { credentials: { orderBy: { createdAt: 'asc' } } }, orderBy: { name: 'asc' } });
  const clients = rows.map((client) => ({
    clientId: client.id,
    name: client.name,
    roles: client.roles,
    revokedAt: client.revokedAt,
    credentials: endedWithClient(client).map((credential) => ({ credentialId: credential.id, kind: credential.kind, identifier: credential.identifier, status: credentialStatus(credential, now), expiresAt: credential.expiresAt, lastUsedAt: credential.lastUsedAt })),
  }));
  const lines = clients.flatMap(({ clientId, name, roles, revokedAt, credentials }) => [
    `${clientId}  ${name}  [${roles.join(', ')}]${revokedAt ? `  revoked ${revokedAt.toISOString()}` : ''}`,
    ...credentials.map(({ credentialId, kind, status, expiresAt, lastUsedAt }) => `  ${credentialId}  ${kind}  ${status}${expiresAt ? `  until ${expiresAt.toISOString()}` : ''}  ${lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used'}`),
  ]);
  process.stdout.write(json ? `${JSON.stringify(clients, null, 2)}\n` : lines.length === 0 ? 'No system may connect yet: "careloop clients create" lets one.\n' : lines.map((line) => `${line}\n`).join(''));
  process.exitCode = clients.some(({ revokedAt, credentials }) => !revokedAt && !credentials.some(({ status }) => status === 'active')) ? 1 : 0;
}

async function rotate({ database, administration, actor }: Administering, clientId: string, options: CredentialOptions & { readonly endOthersIn?: string }, command: Command): Promise<void> {
  const hours = options.endOthersIn === undefined ? undefined : Number(options.endOthersIn);
  if (hours !== undefined && !(hours > 0 && hours <= 8_760)) command.error(`Expected --end-others-in to be hours, more than 0 and at most a year, but got "${options.endOthersIn ?? ''}".`, { exitCode: 2 });
  const now = new Date();
  const others = await database.prisma.clientCredential.findMany({ where: { clientId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] } });
  tell(await administration.addCredential(clientId, wishOf(options, command), once(actor)));
  if (hours === undefined) {
    if (others.length > 0) process.stderr.write(`The earlier credentials work on: ${others.map(({ id }) => id).join(', ')}. End each with "careloop clients revoke ${clientId} --credential <id>" once the system uses the new one.\n`);
    return;
  }
  const at = new Date(now.getTime() + hours * hourMs);
  for (const { id } of others) await administration.revokeCredential(id, { at, reason: 'rotated' }, once(actor));
  process.stderr.write(`The ${others.length} earlier credential(s) end at ${at.toISOString()}.\n`);
}

async function revoke({ database, administration, actor }: Administering, clientId: string, { reason, credential, endTokens }: { readonly reason: string; readonly credential?: string; readonly endTokens?: boolean }, command: Command): Promise<void> {
  if (reason.trim() === '') command.error('Expected --reason to say why, but it is empty.', { exitCode: 2 });
  if (credential === undefined) {
    if (endTokens) command.error('Expected --end-tokens with --credential: ending a system ends its tokens always.', { exitCode: 2 });
    await administration.revoke(clientId, reason, once(actor));
    return void process.stdout.write(`Ended the access of ${clientId}: its tokens stop working within three seconds.\n`);
  }
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(credential)) command.error(`Expected --credential to be the id of a credential, but got "${credential}".`, { exitCode: 2 });
  const found = await database.prisma.clientCredential.findUnique({ where: { id: credential } });
  if (found && found.clientId !== clientId) command.error(`Expected a credential of ${clientId}, but ${credential} is another system’s.`, { exitCode: 2 });
  await administration.revokeCredential(credential, { reason, ...(endTokens === undefined ? {} : { endTokens }) }, once(actor));
  process.stdout.write(`Revoked the credential ${credential} of ${clientId}.\n`);
}

/** Each command line is meant anew. */
function once(actor: Actor): ClientCommand {
  return { actor, idempotencyKey: randomUUID() };
}

/** The secret goes to stdout alone, so that it can be piped to where it is kept. */
function tell({ clientId, credentialId, secret }: { readonly clientId: string; readonly credentialId: string; readonly secret?: string }): void {
  process.stdout.write(`client_id ${clientId}\ncredential ${credentialId}\n${secret === undefined ? '' : `client_secret ${secret}\n`}`);
  if (secret !== undefined) process.stderr.write('The secret is kept nowhere and cannot be shown again.\n');
}

function wishOf({ jwk, certificate, subject, expires }: CredentialOptions, command: Command): CredentialWish {
  if ([jwk, certificate, subject].filter((option) => option !== undefined).length > 1) command.error('Expected one of --jwk, --certificate and --subject.', { exitCode: 2 });
  const expiresAt = expires === undefined ? undefined : new Date(expires);
  if (expiresAt && Number.isNaN(expiresAt.getTime())) command.error(`Expected --expires to be an instant such as 2027-01-31T00:00:00Z, but got "${expires ?? ''}".`, { exitCode: 2 });
  const kind: CredentialKind = jwk !== undefined ? 'jwk' : certificate !== undefined ? 'certificate' : subject !== undefined ? 'subject' : 'secret';
  const file = certificate ?? subject;
  return { kind, expiresAt, ...(jwk === undefined ? {} : { jwk: read(jwk, command) }), ...(file === undefined ? {} : { certificate: read(file, command) }) };
}

function read(file: string, command: Command): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return command.error(`Expected to read ${file}, but it cannot be opened (${String((error as NodeJS.ErrnoException).code)}).`, { exitCode: 2 });
  }
}
