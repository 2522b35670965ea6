import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Settings } from '../../gateway/settings.ts';

const portsSchema = z.object({ http: z.number().int().min(1) });

/** `careloop people`: the way in to an installation without the demo hospital, and the last resort when no two administrators can sign in. */
export function registerPeople(program: Command): void {
  const people = program.command('people').description('people’s accounts, at the machine itself');

  people
    .command('create-administrators')
    .description('make the first system administrator and the first security administrator, who make everybody else; prints a link for each, good once and for a day')
    .option('--json', 'print [{"role", "username", "link"}]')
    .action(async (options: { readonly json?: boolean }) => {
      const [{ createDatabase }, { createKeyStore }, { createFirstAdministrators }, { readSecrets, readSettings }, { runningDatabaseUrl }] = await Promise.all([
        import('#database'), import('#activities'), import('../../gateway/people/index.ts'), import('../../gateway/settings.ts'), import('./running-database.ts'),
      ]);
      const settings = readSettings();
      const database = createDatabase(runningDatabaseUrl(settings), 2);
      try {
        const keys = createKeyStore(database, Buffer.from(readSecrets(settings).masterKey, 'base64'));
        const made = (await createFirstAdministrators({ database, keys })).map(({ role, username, token }) => ({ role, username, link: `${addressOf(settings)}/recover#${token}` }));
        if (options.json === true) process.stdout.write(`${JSON.stringify(made)}\n`);
        else if (made.length === 0) process.stdout.write('There are a system administrator and a security administrator who can sign in: they make everybody else. Nothing was changed.\n');
        else process.stdout.write(`${made.map(({ role, username, link }) => `${role}: user name ${username}, ${link}`).join('\n')}\nEach link works once, within a day. Give them to two people.\n`);
      } finally {
        await database.close();
      }
    });

  people
    .command('recover')
    .argument('<username>', 'whose account')
    .description('make a one-time link with which a person sets a password, without the two administrators; on record, and told to the person')
    .requiredOption('--reason <text>', 'why, and how you know who the person is; stands on record')
    .action(async (username: string, { reason }: { readonly reason: string }, command: Command) => {
      if (reason.trim() === '') command.error('Expected --reason to say why, but it is empty.', { exitCode: 2 });
      const { createKeyStore, recordFact } = await import('#activities');
      const { createDatabase } = await import('#database');
      const { createRecoveryCases } = await import('../../gateway/identity/index.ts');
      const { readSecrets, readSettings } = await import('../../gateway/settings.ts');
      const { runningDatabaseUrl } = await import('./running-database.ts');
      const settings = readSettings();
      const { masterKey } = readSecrets(settings);
      const database = createDatabase(runningDatabaseUrl(settings), 2);
      try {
        const keys = createKeyStore(database, Buffer.from(masterKey, 'base64'));
        const cases = createRecoveryCases(database, async (fact) => void (await recordFact(database, keys, { ...fact, at: new Date().toISOString() })));
        const outcome = await cases.openAtMachine(username, reason.trim());
        if (outcome.kind === 'refused') throw new Error(`Expected the user name of a person, but nobody has ${username}.`);
        process.stdout.write(`${addressOf(settings)}/recover#${outcome.token}\n`);
        process.stderr.write(`Works once, until ${outcome.expiresAt.toISOString()}. All sessions and second factors of ${username} end when it is used.\n`);
      } finally {
        await database.close();
      }
    });
}

/** Where browsers reach the installation: it may have taken another port than the settings name. */
function addressOf({ baseUrl, httpPort, dataFolder }: Settings): string {
  const file = join(dataFolder, 'ports.json');
  if (baseUrl !== `http://localhost:${httpPort}` || !existsSync(file)) return baseUrl;
  return `http://localhost:${portsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).http}`;
}
