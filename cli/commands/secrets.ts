import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';

/** `careloop secrets <file>`: makes the secrets of a deployment. */
export function registerSecrets(program: Command): void {
  program
    .command('secrets')
    .argument('<file>', 'file to write (mode 600); it must not exist yet')
    .description('make the random secrets of a deployment: keep a copy apart from the database')
    .action(async (file: string) => {
      const { ensureSecrets } = await import('../../gateway/settings.ts');
      const secretsFile = resolve(file);
      if (existsSync(secretsFile)) throw new Error(`Expected no file at ${secretsFile}, but there is one. Secrets are never replaced: what they encrypt would be lost. Name another file.`);
      ensureSecrets({ secretsFile });
      process.stdout.write(`Wrote ${secretsFile}. Keep a copy apart from the database: without it, nothing encrypted can be read.\n`);
    });
}
