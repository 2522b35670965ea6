import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isStillRunning } from '../../cli/servers/process-identity.ts';
import { startTestDatabase } from '../support/index.ts';
import { createInstallation, type RecordedProcess } from '../support/installation.ts';

const minutes = (count: number) => count * 60_000;

describe('npm start', () => {
  const installation = createInstallation();
  afterAll(() => installation.remove(), minutes(1));

  const signIn = async (): Promise<string> => {
    const { clients } = JSON.parse(readFileSync(join(installation.dataFolder, 'demo-credentials.json'), 'utf8')) as { clients: Record<string, { clientId: string; clientSecret: string }> };
    const { clientId, clientSecret } = clients['his'] ?? Object.values(clients)[0] ?? { clientId: '', clientSecret: '' };
    const response = await fetch(`${installation.baseUrl()}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return token;
  };
  const query = async (text: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${installation.baseUrl()}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await signIn()}`, 'x-careloop': '1', 'graphql-require-preflight': '1' }, body: JSON.stringify({ query: text }) });
    return (await response.json()) as Record<string, unknown>;
  };
  const untilRestarted = async (before: RecordedProcess): Promise<RecordedProcess> => {
    for (;;) {
      const now = installation.process(before.name);
      if (now.pid !== before.pid) return now;
      await sleep(50);
    }
  };

  it('brings everything up from an empty folder and says where it is', async () => {
    await installation.start();

    const ports = installation.ports();
    expect(Object.keys(ports)).toEqual(['http', 'mllp', 'dicom', 'postgres', 'temporal', 'his', 'mqtt', 'control']);
    for (const port of [2575, 2576, 1883, 4100]) expect(Object.values(ports)).not.toContain(port);
    expect((await fetch(`${installation.baseUrl()}/readyz`)).status).toBe(200);
    const page = await fetch(`${installation.baseUrl()}/`);
    expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({ status: 200, type: expect.stringContaining('text/html') });
    await sleep(200);
    expect(installation.report()).toContain(`Careloop is running at http://localhost:${ports['http']}/`);
    expect(installation.report()).toContain(`127.0.0.1:${ports['mllp']}`);
    expect(installation.report()).toContain(join(installation.dataFolder, 'demo-credentials.json'));
    expect(installation.report()).toMatch(/nurse +http:\/\/localhost:\d+\/sign-in\/\S{20,}/);
  }, minutes(4));

  it.each(['secrets.json', 'postgres-password', 'demo-credentials.json', 'sign-in-links.json', 'pids.json'])('lets only the owner read %s', (file) => {
    expect(statSync(join(installation.dataFolder, file)).mode & 0o777).toBe(0o600);
  });

  it('lets a system sign in and refuses everybody else', async () => {
    const anonymous = await fetch(`${installation.baseUrl()}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ processInstances { edges { node { id } } } }"}' });

    expect(await query('{ viewer { kind } }')).toMatchObject({ data: { viewer: { kind: 'system' } } });
    expect(await anonymous.text()).not.toContain('edges');
  }, minutes(1));

  it('refuses a second start on the same folder in one sentence', async () => {
    const { exitCode, said } = await installation.tryStart();

    expect(said.trim()).toBe(`Expected to be the only Careloop on ${installation.dataFolder}, but process ${installation.supervisor().pid} already runs on it. Stop that one, or set CARELOOP_DATA to another folder.`);
    expect(exitCode).toBe(1);
    expect((await fetch(`${installation.baseUrl()}/readyz`)).status).toBe(200);
  }, minutes(1));

  it.each([
    ['a busy port', () => ({ PORT: String(installation.ports()['http']) }), /Expected port \d+ for the web app, but another program listens on it\. Stop that program, or set PORT/],
    ['a database that is not there', () => ({ DATABASE_URL: 'postgresql://careloop:x@127.0.0.1:1/careloop' }), /Expected PostgreSQL 16 or newer with the database careloop at 127\.0\.0\.1:1, but: .*Start it, or correct DATABASE_URL\./],
    ['a Temporal that is not there', () => ({ TEMPORAL_ADDRESS: '127.0.0.1:1' }), /Expected a Temporal frontend at 127\.0\.0\.1:1 with the namespace "default", but it does not answer\. Start it, make the namespace, or correct TEMPORAL_ADDRESS/],
    ['a Temporal program that is not there', () => ({ TEMPORAL_CLI: '/nowhere/temporal' }), /Expected a program at TEMPORAL_CLI=\/nowhere\/temporal, but there is none that can be run\. Correct the variable or unset it\./],
    ['a wrong setting', () => ({ PORT: 'four thousand' }), /Expected a valid value in PORT/],
  ])('refuses %s in one sentence, with exit code 1, and leaves nothing behind', async (_, environment, sentence) => {
    const other = createInstallation();
    try {
      const { exitCode, said } = await other.tryStart(environment());

      expect(said.trim().split('\n').at(-1)).toMatch(sentence);
      expect(exitCode).toBe(1);
      expect(other.processes().filter(isStillRunning)).toEqual([]);
    } finally {
      await other.remove();
    }
  }, minutes(2));

  it('refuses a database of a newer version in one sentence, with exit code 1', async () => {
    const [other, database] = [createInstallation(), await startTestDatabase()];
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    try {
      await owner.connect();
      await owner.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('newer', 'x', '9998_from_the_future', now())");

      const { exitCode, said } = await other.tryStart({ DATABASE_URL: database.url, CARELOOP_OWNER_DATABASE_URL: database.ownerUrl, TEMPORAL_ADDRESS: `127.0.0.1:${installation.ports()['temporal']}` });

      expect(said.trim().split('\n').at(-1)).toMatch(/^Expected a database of version \w+ or older, but the database is of a newer version \(9998_from_the_future\)\. Start the newer Careloop, or restore/);
      expect(exitCode).toBe(1);
    } finally {
      await owner.end();
      await database.stop();
      await other.remove();
    }
  }, minutes(5));

  const parts = ['worker', 'postgres', ...(process.env['CARELOOP_FAULT_RUNS'] === undefined ? [] : ['gateway', 'simulators', 'temporal'])];
  it.each(parts)('starts the %s again when it is killed', async (name) => {
    const before = installation.process(name);

    process.kill(before.pid, 'SIGKILL');
    const after = await untilRestarted(before);
    await installation.untilReady();

    expect(isStillRunning(after)).toBe(true);
    expect(await query('{ viewer { kind } }')).toMatchObject({ data: { viewer: { kind: 'system' } } });
  }, minutes(2));

  it('lets its parts end by themselves when only the supervisor is killed, and starts again', async () => {
    const parts = installation.processes().filter(({ name }) => ['worker', 'gateway', 'simulators'].includes(name));

    await installation.end('SIGKILL');
    const deadline = Date.now() + 15_000;
    while (parts.some(isStillRunning) && Date.now() < deadline) await sleep(100);
    expect(parts.filter(isStillRunning)).toEqual([]);
    await installation.start();

    expect(await query('{ viewer { kind } }')).toMatchObject({ data: { viewer: { kind: 'system' } } });
  }, minutes(2));

  it('comes back after everything was killed at once, with what it had', async () => {
    const before = installation.processes();
    const credentials: unknown = JSON.parse(readFileSync(join(installation.dataFolder, 'demo-credentials.json'), 'utf8'));
    const secrets = readFileSync(join(installation.dataFolder, 'secrets.json'), 'utf8');
    const wards = await query('{ wards { id } }');

    installation.supervisor().kill('SIGKILL');
    for (const { pid } of before) process.kill(pid, 'SIGKILL');
    const begun = Date.now();
    await installation.start();

    process.stderr.write(`restart after kill -9: ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
    expect(JSON.parse(readFileSync(join(installation.dataFolder, 'demo-credentials.json'), 'utf8'))).toEqual(credentials);
    expect(readFileSync(join(installation.dataFolder, 'secrets.json'), 'utf8')).toBe(secrets);
    expect(await query('{ wards { id } }')).toEqual(wards);
  }, minutes(2));

  it('ends every part on Ctrl-C, and exits with 0', async () => {
    const before = installation.processes();

    const exitCode = await installation.end('SIGINT');

    expect(exitCode).toBe(0);
    expect(before.map(({ name }) => name).sort()).toEqual(['gateway', 'postgres', 'simulators', 'temporal', 'worker']);
    expect(before.filter(isStillRunning)).toEqual([]);
    expect(existsSync(join(installation.dataFolder, 'ports.json'))).toBe(false);
  }, minutes(1));

  it('does not make new secrets beside old data', async () => {
    renameSync(join(installation.dataFolder, 'secrets.json'), join(installation.dataFolder, 'secrets.away'));

    const { exitCode, said } = await installation.tryStart();

    expect(said).toContain('Restore it from the backup of the data folder; without it, what is encrypted cannot be read.');
    expect(exitCode).toBe(1);
    expect(existsSync(join(installation.dataFolder, 'secrets.json'))).toBe(false);
  }, minutes(1));
});
