import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ExportScope, ExportVerification } from '#audit';

interface ExportOptions {
  readonly instance?: string;
  readonly patient?: string;
  readonly all?: boolean;
  readonly output: string;
  readonly json?: boolean;
}

interface VerifyOptions {
  readonly publicKey?: string;
  readonly json?: boolean;
}

/** `careloop audit export | verify`. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('export the record, and verify an export');

  audit
    .command('export')
    .description('seal the record up to now and write an export that verifies offline')
    .option('--instance <id>', 'the entries of one process instance')
    .option('--patient <id>', 'the entries of one patient')
    .option('--all', 'the whole log')
    .requiredOption('-o, --output <file>', 'file to write; it must not exist yet')
    .option('--json', 'print {"file", "entries", "treeSize", "keyId"}')
    .action(async (options: ExportOptions, command: Command) => writeExport(options, toScope(options, command)));

  audit
    .command('verify')
    .description('verify an export without network or database; exit 1 names what was changed')
    .argument('<file>', 'an export')
    .option('--public-key <file>', 'the key to trust (PEM, or the base64 text of an export known to be good)')
    .option('--json', 'print the outcome as one JSON document')
    .action(verify);
}

function toScope({ instance, patient, all }: ExportOptions, command: Command): ExportScope {
  if ([instance, patient, all].filter((option) => option !== undefined).length !== 1) command.error('Expected one of --instance, --patient and --all.', { exitCode: 2 });
  if (instance !== undefined) {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(instance)) command.error(`Expected --instance to be the id (UUID) of an instance, but got "${instance}".`, { exitCode: 2 });
    return { kind: 'instance', id: instance.toLowerCase() };
  }
  return patient === undefined ? { kind: 'all' } : { kind: 'patient', id: patient };
}

async function writeExport({ output, json }: ExportOptions, scope: ExportScope): Promise<void> {
  const { createSigner, formatExport } = await import('#audit');
  const { createDatabase } = await import('#database');
  const { exportAudit } = await import('../../gateway/audit/index.ts');
  const { readSecrets, readSettings } = await import('../../gateway/settings.ts');
  const { runningDatabaseUrl } = await import('./running-database.ts');
  const settings = readSettings();
  const signer = createSigner(readSecrets(settings).signingKey);
  const database = createDatabase(runningDatabaseUrl(settings), 2);
  try {
    const document = await exportAudit({ database, signer, scope });
    const { entries, treeHead } = document;
    // An empty export verifies: who mistyped a number would take it for the record of somebody.
    if (entries.length === 0 && scope.kind !== 'all') throw new Error(`Expected entries of that ${scope.kind === 'patient' ? 'patient' : 'instance'}, but none of the ${treeHead.size} is theirs. Nothing was written.${scope.kind === 'patient' ? ' A patient is named by the patient number (PID-3), not by an inpatient number.' : ''}`);
    writeNew(output, formatExport(document));
    const summary = { file: output, entries: entries.length, treeSize: treeHead.size, keyId: signer.keyId };
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : `Wrote ${entries.length} of ${treeHead.size} entries to ${output}, signed with key ${signer.keyId}.\n`);
  } finally {
    await database.close();
  }
}

/** Never writes over an export, and lets only its owner read it: who did what to whom stands in it. */
function writeNew(file: string, text: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new Error(isThere ? `Expected a new file, but ${file} is there already. Choose another name.` : `Expected to write ${file}, but it cannot be opened (${String((error as NodeJS.ErrnoException).code)}).`, { cause: error });
  }
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

async function verify(file: string, { publicKey: keyFile, json }: VerifyOptions, command: Command): Promise<void> {
  const { nodeCrypto, readPublicKey, verifyExportText } = await import('#audit');
  const publicKey = keyFile === undefined ? undefined : readPublicKey(read(keyFile, command));
  if (keyFile !== undefined && publicKey === undefined) return command.error(`Expected an Ed25519 public key in ${keyFile}, but there is none.`, { exitCode: 2 });
  const verification = await verifyExportText(read(file, command), { crypto: nodeCrypto, ...(publicKey === undefined ? {} : { publicKey }) });
  if (!verification) return command.error(`Expected an audit export in ${file}, but it is something else.`, { exitCode: 2 });
  process.stdout.write(json ? `${JSON.stringify(verification, null, 2)}\n` : describeVerification(verification));
  if (!verification.isKeyPinned) process.stderr.write('The key is the one that the export brings along. Give --public-key to be sure that nobody signed it anew.\n');
  process.exitCode = verification.isIntact ? 0 : 1;
}

function read(file: string, command: Command): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return command.error(`Expected to read ${file}, but it cannot be opened (${String((error as NodeJS.ErrnoException).code)}).`, { exitCode: 2 });
  }
}

/** The outcome as sentences; at most a hundred findings. */
export function describeVerification({ isIntact, entryCount, treeSize, signedAt, keyId, findings }: ExportVerification): string {
  if (isIntact) return `Intact: ${entryCount} entries are what was sealed in a log of ${treeSize} entries, signed ${signedAt} with key ${keyId}.\n`;
  const shown = findings.slice(0, 100).map((finding) => `${finding.code}: ${finding.message}`);
  const more = findings.length > shown.length ? [`… and ${findings.length - shown.length} more.`] : [];
  return `${['NOT intact:', ...shown, ...more].join('\n')}\n`;
}
