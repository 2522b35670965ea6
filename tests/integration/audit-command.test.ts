import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyStore, recordBatch } from '#activities';
import { createSigner } from '#audit';
import { createDatabase, type Database } from '#database';
import { ensureSecrets } from '../../gateway/settings.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { addInstance, firstBatch, lastBatch } from './record-batches.ts';

let server: TestDatabase;
let database: Database;
let folder: string;
let instanceId: string;

/** Runs the command line as a person does; `DATABASE_URL` only where `isOnline`. */
function careloop(args: readonly string[], isOnline: boolean): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const { DATABASE_URL: _databaseUrl, NODE_OPTIONS: _nodeOptions, ...environment } = process.env;
  const env = { ...environment, CARELOOP_DATA: folder, ...(isOnline ? { DATABASE_URL: server.url } : {}) };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], { env }, (error, stdout, stderr) => resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }));
  });
}

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url);
  folder = mkdtempSync(join(tmpdir(), 'careloop-audit-'));
  const secrets = ensureSecrets({ secretsFile: join(folder, 'secrets.json') });
  writeFileSync(join(folder, 'key.txt'), createSigner(secrets.signingKey).publicKey);
  const keys = createKeyStore(database, randomBytes(32));
  instanceId = await addInstance(database, 'patient-12');
  await recordBatch(database, keys, firstBatch(instanceId));
  await recordBatch(database, keys, lastBatch(instanceId));
}, 300_000);
afterAll(async () => {
  await database.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('careloop audit', () => {
  it('exports an instance, and verifies the file without a database', async () => {
    const file = join(folder, 'instance.json');

    const written = await careloop(['audit', 'export', '--instance', instanceId, '-o', file, '--json'], true);
    const verified = await careloop(['audit', 'verify', file, '--public-key', join(folder, 'key.txt')], false);

    expect(JSON.parse(written.stdout)).toMatchObject({ file, entries: 6, treeSize: 6 });
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^Intact: 6 entries are what was sealed in a log of 6 entries/);
  }, 60_000);

  it('exits with 1 and names the entry of which one byte was changed', async () => {
    const file = join(folder, 'patient.json');
    await careloop(['audit', 'export', '--patient', 'patient-12', '-o', file], true);
    const text = readFileSync(file, 'utf8');
    const { id } = await database.prisma.auditEntry.findUniqueOrThrow({ where: { factId: `${instanceId}/2/0` } });
    writeFileSync(file, text.replace('"reason":"given"', '"reason":"giveN"'));

    const spoken = await careloop(['audit', 'verify', file], false);
    const json = await careloop(['audit', 'verify', file, '--json', '--public-key', join(folder, 'key.txt')], false);

    expect(spoken.exitCode).toBe(1);
    expect(spoken.stdout).toContain(`ENTRY_EDITED: Entry ${id} (task.completed, 2026-11-22T08:00:00.000Z) was edited`);
    expect(spoken.stderr).toContain('Give --public-key');
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ isIntact: false, isKeyPinned: true, findings: [{ code: 'ENTRY_EDITED', sequence: Number(id), action: 'task.completed' }] });
  }, 60_000);

  it('writes nothing about a patient of whom the record has nothing', async () => {
    const file = join(folder, 'nobody.json');

    const outcome = await careloop(['audit', 'export', '--patient', 'ZY260112', '-o', file], true);

    expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('Expected entries of that patient') });
    expect(existsSync(file)).toBe(false);
  }, 60_000);

  it('does not write over an export', async () => {
    const file = join(folder, 'there.json');
    writeFileSync(file, 'kept');

    const outcome = await careloop(['audit', 'export', '--all', '-o', file], true);

    expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: `Expected a new file, but ${file} is there already. Choose another name.\n` });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  }, 60_000);

  it.each([
    ['two scopes', ['audit', 'export', '--all', '--patient', 'p', '-o', 'x.json'], 'Expected one of --instance, --patient and --all.'],
    ['an id that is none', ['audit', 'export', '--instance', 'bed-12', '-o', 'x.json'], 'Expected --instance to be the id (UUID) of an instance, but got "bed-12".'],
    ['a file that is not there', ['audit', 'verify', 'nothing-here.json'], 'Expected to read nothing-here.json, but it cannot be opened (ENOENT).'],
    ['a key file that is not there', ['audit', 'verify', 'tsconfig.json', '--public-key', 'nothing-here.pem'], 'Expected to read nothing-here.pem'],
    ['other JSON', ['audit', 'verify', 'tsconfig.json'], 'Expected an audit export in tsconfig.json, but it is something else.'],
    ['a file that is another text', ['audit', 'verify', '.gitignore'], 'Expected an audit export in .gitignore, but it is something else.'],
    ['a key that is none', ['audit', 'verify', 'package.json', '--public-key', 'package.json'], 'Expected an Ed25519 public key in package.json, but there is none.'],
  ])('exits with 2 for %s', async (_name, args, sentence) => {
    const outcome = await careloop(args, false);

    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stdout).toBe('');
  }, 60_000);

  it('says that no installation runs on the data folder', async () => {
    const outcome = await careloop(['audit', 'export', '--all', '-o', join(folder, 'none.json')], false);

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(`Expected a running installation on ${folder}, but found none.`);
  }, 60_000);
});
