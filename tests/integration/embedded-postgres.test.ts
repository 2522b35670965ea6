import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type PostgresServer } from '../../cli/servers/postgres.ts';
import { isStillRunning } from '../../cli/servers/process-identity.ts';

describe('the embedded PostgreSQL', () => {
  let dataFolder: string;
  let server: PostgresServer;

  beforeAll(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'careloop-postgres-'));
    server = await startPostgres({ dataFolder });
    await query(server.ownerUrl, 'CREATE TABLE kept (value text)');
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }, 60_000);

  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('keeps what was committed when it is killed, and starts again at once', async () => {
    await query(server.ownerUrl, "INSERT INTO kept VALUES ('committed')");

    process.kill(server.process.pid, 'SIGKILL');
    server = await startPostgres({ dataFolder });

    expect(await query(server.ownerUrl, 'SELECT value FROM kept')).toEqual([{ value: 'committed' }]);
  }, 90_000);

  it('ends the server that an earlier run left on the same folder', async () => {
    const earlier = server.process;

    server = await startPostgres({ dataFolder });

    expect(isStillRunning(earlier)).toBe(false);
    expect(isStillRunning(server.process)).toBe(true);
    expect(await query(server.ownerUrl, 'SELECT value FROM kept')).toEqual([{ value: 'committed' }]);
  }, 90_000);

  it('is not misled by a lock file whose pid now belongs to another program', async () => {
    await server.stop();
    writeFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataFolder, 'postgres')}\n1\n5432\n\n127.0.0.1\n`);

    server = await startPostgres({ dataFolder });

    expect(await query(server.ownerUrl, 'SELECT value FROM kept')).toEqual([{ value: 'committed' }]);
  }, 90_000);

  it('lets nobody in without the password, which only the owner can read', async () => {
    const withoutPassword = server.url.replace(/:[^:@/]+@/, ':wrong@');

    await expect(query(withoutPassword, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataFolder, 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  it('listens on loopback only', async () => {
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.ownerUrl, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  });

  it('does not make a new password beside old data', async () => {
    const file = join(dataFolder, 'postgres-password');
    renameSync(file, `${file}.away`);
    try {
      await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'DATA_FOLDER_DAMAGED', message: `Expected ${file}, but it is missing while the database is there. Restore it from the backup of the data folder.` });
    } finally {
      renameSync(`${file}.away`, file);
    }
    expect(readFileSync(file, 'utf8')).not.toBe('');
  });
});
