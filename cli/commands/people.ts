import type { Command } from 'commander';

/** `careloop people create-administrators`: the way in to an installation without the demo hospital. */
export function registerPeople(program: Command): void {
  const people = program.command('people').description('the first people of an installation');
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
        const made = (await createFirstAdministrators({ database, keys })).map(({ role, username, token }) => ({ role, username, link: `${settings.baseUrl}/first-password#${token}` }));
        if (options.json === true) process.stdout.write(`${JSON.stringify(made)}\n`);
        else if (made.length === 0) process.stdout.write('There are a system administrator and a security administrator who can sign in: they make everybody else. Nothing was changed.\n');
        else process.stdout.write(`${made.map(({ role, username, link }) => `${role}: user name ${username}, ${link}`).join('\n')}\nEach link works once, within a day. Give them to two people.\n`);
      } finally {
        await database.close();
      }
    });
}
