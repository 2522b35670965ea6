import type { Command } from 'commander';

/** `careloop migrate`: brings the database at DATABASE_URL to this version; the one-shot step of a deployment. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database at DATABASE_URL to this version')
    .option('--publish', 'then publish what is new or has changed in processes/ and rules/library/')
    .option('--json', 'print {"applied": […], "published": […]}')
    .action(async (options: { readonly json?: boolean; readonly publish?: boolean }) => {
      const { migrate } = await import('#database');
      const { readSettings } = await import('../../gateway/settings.ts');
      const settings = readSettings();
      const url = settings.ownerDatabaseUrl ?? settings.databaseUrl;
      if (url === undefined) throw new Error('Expected DATABASE_URL, but it is not set. Set it to the connection string of the database to migrate.');
      const { applied } = await migrate(url);
      const published = options.publish === true ? await publishContent(url) : [];
      const sentences = [applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`, ...published.map((process) => `Published ${process}.`)];
      process.stdout.write(`${options.json === true ? JSON.stringify({ applied, published }) : sentences.join('\n')}\n`);
    });
}

async function publishContent(url: string): Promise<readonly string[]> {
  const { publishLibrary, publishProcesses } = await import('../start/load-content.ts');
  return [...(await publishProcesses(url)), ...(await publishLibrary(url))];
}
