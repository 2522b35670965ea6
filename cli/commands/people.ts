import type { Command } from 'commander';

/** `careloop people recover`: the last resort when no two administrators can sign in. */
export function registerPeople(program: Command): void {
  const people = program.command('people').description('people’s accounts, at the machine itself');

  people
    .command('recover')
    .argument('<username>', 'whose account')
    .description('make a one-time link with which a person sets a password, without the two administrators; on record, and told to the person')
    .requiredOption('--reason <text>', 'why, and how you know who the person is; stands on record')
    .action(async (username: string, { reason }: { readonly reason: string }) => {
      if (reason.trim() === '') throw new Error('Expected a reason, but it is empty.');
      const { createKeyStore, recordFact } = await import('#activities');
      const { createDatabase } = await import('#database');
      const { createRecoveryCases } = await import('../../gateway/identity/index.ts');
      const { readSecrets, readSettings } = await import('../../gateway/settings.ts');
      const { runningDatabaseUrl } = await import('./running-database.ts');
      const settings = readSettings();
      const keys = (database: Parameters<typeof createKeyStore>[0]) => createKeyStore(database, Buffer.from(readSecrets(settings).masterKey, 'base64'));
      const database = createDatabase(runningDatabaseUrl(settings), 2);
      try {
        const cases = createRecoveryCases(database, async (fact) => void (await recordFact(database, keys(database), { ...fact, at: new Date().toISOString() })));
        const outcome = await cases.openAtMachine(username, reason.trim());
        if (outcome.kind === 'refused') throw new Error(`Expected the user name of a person, but nobody has ${username}.`);
        process.stdout.write(`${settings.baseUrl}/recover/${outcome.token}\n`);
        process.stderr.write(`Works once, until ${outcome.expiresAt.toISOString()}. All sessions and second factors of ${username} end when it is used.\n`);
      } finally {
        await database.close();
      }
    });
}
