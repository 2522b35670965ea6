import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';

/** `careloop migration <name>`: for developers, writes the migration that schema.prisma still lacks. */
export function registerMigration(program: Command): void {
  program
    .command('migration')
    .argument('<name>', 'what changes, in a few words')
    .description('write the next migration from what changed in schema.prisma (for developers)')
    .action(async (name: string) => {
      const { startPostgres } = await import('../servers/postgres.ts');
      const { writeMigration } = await import('../migration/write-migration.ts');
      const folder = mkdtempSync(join(tmpdir(), 'careloop-migration-'));
      const server = await startPostgres({ dataFolder: folder, isDurable: false });
      try {
        const written = await writeMigration(server.ownerUrl, name);
        process.stdout.write(written === undefined ? 'schema.prisma and the migrations agree.\n' : `Wrote gateway/prisma/migrations/${written}: read it before you commit it.\n`);
      } finally {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
}
