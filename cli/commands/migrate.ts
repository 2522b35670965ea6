import type { Command } from 'commander';

/** `careloop migrate`: brings the database at DATABASE_URL to this version; the one-shot step of a deployment. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database at DATABASE_URL to this version')
    .option('--json', 'print {"applied": […]}')
    .action(async (options: { readonly json?: boolean }) => {
      const { migrate } = await import('#database');
      const { readSettings } = await import('../../gateway/settings.ts');
      const settings = readSettings();
      const url = settings.ownerDatabaseUrl ?? settings.databaseUrl;
      if (url === undefined) throw new Error('Expected DATABASE_URL, but it is not set. Set it to the connection string of the database to migrate.');
      const { applied } = await migrate(url);
      process.stdout.write(options.json === true ? `${JSON.stringify({ applied })}\n` : `${applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`}\n`);
    });
}
