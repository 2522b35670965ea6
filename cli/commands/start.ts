import type { Command } from 'commander';

/** `careloop start`: everything on this machine, until Ctrl-C. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('run everything here: database, Temporal, worker, gateway, web app, simulators')
    .addHelpText('after', '\nSettings are environment variables: PORT, CARELOOP_DATA, DATABASE_URL, TEMPORAL_ADDRESS and more in docs/operations.md.')
    .action(async () => {
      const { superviseInstallation } = await import('../start/supervise-installation.ts');
      process.exit(await superviseInstallation());
    });
}
