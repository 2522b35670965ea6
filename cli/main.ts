import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { surviveClosedPipe } from './closed-pipe.ts';
import { registerAudit } from './commands/audit.ts';
import { registerCheck } from './commands/check.ts';
import { registerClients } from './commands/clients.ts';
import { registerDecide } from './commands/decide.ts';
import { registerExport } from './commands/export.ts';
import { registerHis } from './commands/his.ts';
import { registerImport } from './commands/import.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerMigration } from './commands/migration.ts';
import { registerParts } from './commands/parts.ts';
import { registerPeople } from './commands/people.ts';
import { registerRules } from './commands/rules.ts';
import { registerScenario } from './commands/scenario.ts';
import { registerSecrets } from './commands/secrets.ts';
import { registerSimulate } from './commands/simulate.ts';
import { registerStart } from './commands/start.ts';
import { registerWorkerHealth } from './commands/worker-health.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('careloop')
  .description('Durable, rule-governed workflows for a hospital\'s clinical processes.')
  .version(version)
  .showHelpAfterError('(add --help for what can be given)')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .addHelpText('after', '\nExit codes: 0 done, 1 findings or failure, 2 wrong usage. Results go to stdout, everything else to stderr.')
  .exitOverride();

registerStart(program);
registerMigrate(program);
registerParts(program);
registerSimulate(program);
registerCheck(program);
registerImport(program);
registerExport(program);
registerDecide(program);
registerRules(program);
registerScenario(program);
registerHis(program);
registerAudit(program);
registerClients(program);
registerWorkerHealth(program);
registerSecrets(program);
registerPeople(program);
registerMigration(program);

for (const stream of [process.stdout, process.stderr]) surviveClosedPipe(stream);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong and returns the exit code. An expected failure is a sentence; a bug keeps its stack. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Error)) {
    process.stderr.write(`${String(error)}\n`);
    return 1;
  }
  const isBug = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof SyntaxError;
  process.stderr.write(`${(isBug || process.env['CARELOOP_DEBUG']) && error.stack !== undefined ? error.stack : error.message}\n`);
  return 1;
}
