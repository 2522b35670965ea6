import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { bundleProcessWorkflow } from '#workflows';
import { allExamples } from './examples.ts';
import { testDataConverter } from '../support/test-data-converter.ts';

const histories = join(import.meta.dirname, 'histories');
/** By name, a word of the shell without which the history does not go through. */
const dependsOn: Readonly<Record<string, string>> = { 'ten-node-example': 'executeService', 'dose-with-timers': 'executeService', ...Object.fromEntries(allExamples.map(({ name, dependsOn: word }) => [name, word])) };
const names = Object.keys(dependsOn);
const read = (file: string): string => readFileSync(join(histories, file), 'utf8');

/** A bundle's bytes, as it was published: without the file's last line break. */
const bundleBytes = (name: string): Buffer => Buffer.from(read(`${name}.bundle.json`).trimEnd());
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('recorded histories', () => {
  let workflowBundle: WorkflowBundle;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    workflowBundle = await bundleProcessWorkflow();
  }, 120_000);

  /** Replays with the shell's code; `bytes` stand for what was published under the history's hash, `target` for the version it was migrated to. */
  async function replay(name: string, { code = workflowBundle.code, bytes = bundleBytes(name), target }: { code?: string; bytes?: Buffer; target?: Buffer } = {}): Promise<void> {
    const payloads = new Map([[hashOf(bundleBytes(name)), bytes]]);
    if (existsSync(join(histories, `${name}.target.bundle.json`))) payloads.set(hashOf(bundleBytes(`${name}.target`)), target ?? bundleBytes(`${name}.target`));
    const dataConverter = testDataConverter(payloads);
    await Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, proto.temporal.api.history.v1.History.fromObject(JSON.parse(read(`${name}.history.json`)) as object));
  }

  it.each(names)('the shell of today goes through %s as then', async (name) => {
    await expect(replay(name)).resolves.toBeUndefined();
  }, 60_000);

  it.each(names)('a shell that has another word for something does not go through %s', async (name) => {
    const changed = workflowBundle.code.replaceAll(dependsOn[name] ?? '', 'somethingElse');
    expect(changed).not.toBe(workflowBundle.code);

    await expect(replay(name, { code: changed })).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  }, 60_000);

  it('a definition with another timer under the same hash does not go through', async () => {
    const changed = bundleBytes('dose-with-timers').toString().replace('R2/PT10M', 'R1/PT10M');
    expect(changed).not.toBe(bundleBytes('dose-with-timers').toString());

    await expect(replay('dose-with-timers', { bytes: Buffer.from(changed) })).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  }, 60_000);

  it('a target version without its service under the same hash does not go through', async () => {
    const changed = bundleBytes('migration.target').toString().replace('"type":"serviceTask","activity":"test.act"', '"type":"manualTask"');
    expect(changed).not.toBe(bundleBytes('migration.target').toString());

    await expect(replay('migration', { target: Buffer.from(changed) })).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  }, 60_000);

  it.each(names)('%s is small, encrypted and tells nothing of the machine', (name) => {
    const history = read(`${name}.history.json`);

    expect(statSync(join(histories, `${name}.history.json`)).size).toBeLessThan(100_000);
    expect(history).toContain(Buffer.from('binary/encrypted').toString('base64'));
    expect(history).not.toMatch(/"[^"]*\/(home|work|tmp|root|Users)\//);
    expect([...history.matchAll(/"identity":"([^"]*)"/g)].map(([, identity]) => identity).filter((identity) => identity !== 'careloop')).toEqual([]);
  });
});
