/**
 * Holds one server for a test run: starts it, writes where it is to `<folder>/<kind>.json`, and ends it as
 * soon as the process that the run belongs to is gone, however that one ended.
 * Arguments: kind (postgres | temporal), folder, pid of the owner.
 */
import { readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '#database';
import { startPostgres } from '../../cli/servers/postgres.ts';
import { identify, isStillRunning } from '../../cli/servers/process-identity.ts';
import { startTemporal } from '../../cli/servers/temporal.ts';
import type { TestServers } from './test-servers.ts';

const [kind = '', folder = '', ownerPid = ''] = process.argv.slice(2);
const owner = identify(Number(ownerPid));
// Ctrl-C reaches the whole process group; the owner's end, not the signal, ends the server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const answerFile = join(folder, `${kind}.json`);
const answer = (content: object) => {
  writeFileSync(`${answerFile}.new`, JSON.stringify(content));
  renameSync(`${answerFile}.new`, answerFile);
};

try {
  const server = kind === 'postgres' ? await holdPostgres() : await holdTemporal();
  answer(server.where);
  while (owner !== undefined && isStillRunning(owner)) await sleep(300);
  await server.stop();
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  // Long enough for those who wait to read it.
  await sleep(2_000);
} finally {
  for (const left of [kind, ...(kind === 'postgres' ? ['demo-people'] : []), `${kind}.json`, `${kind}.claimed`, `${kind}.log`]) rmSync(join(folder, left), { recursive: true, force: true });
  // The other kind's holder may still be at work: the folder goes with the last one.
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

async function holdPostgres() {
  const server = await startPostgres({ dataFolder: join(folder, kind), isDurable: false });
  const administrator = new pg.Client({ connectionString: server.ownerUrl });
  await administrator.connect();
  await administrator.query('CREATE DATABASE careloop_template');
  await administrator.end();
  await migrate(server.ownerUrl.replace(/careloop$/, 'careloop_template'));
  const where: TestServers['postgres'] = { url: server.url, ownerUrl: server.ownerUrl };
  return { where, stop: server.stop };
}

async function holdTemporal() {
  const server = await startTemporal({ dataFolder: join(folder, kind), inMemory: true });
  const where: TestServers['temporal'] = { address: server.address };
  return { where, stop: server.stop };
}
