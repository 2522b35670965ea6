import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import SchemaBuilder, { BasePlugin, type SchemaTypes } from '@pothos/core';
import pino from 'pino';
import { createDatabase } from '#database';
import type { Viewer } from '../../gateway/identity/viewer.ts';
import { PolicyPlugin } from '../../gateway/graphql/policy-plugin.ts';
import type { SideAnswer, SideData, SideQuestion } from './question.ts';
import { listQuery } from './list-query.ts';

/** In the place of the plugin that puts the policy table on the schema. */
class NoPolicy<Types extends SchemaTypes> extends BasePlugin<Types> {}

// Given by `startSide`.
const { databaseUrl, hasPolicy } = workerData as SideData;
if (!hasPolicy) {
  SchemaBuilder.allowPluginReRegistration = true;
  // The registry asks for the plugin's own type, of which nothing is used here.
  SchemaBuilder.registerPlugin(PolicyPlugin, NoPolicy as never);
}
// Only now: the schema is built once, as its module is read.
const { createGraphqlDoor } = await import('../../gateway/graphql/yoga.ts');
const { createLimits } = await import('../../gateway/limits/index.ts');
const { createLoaders } = await import('../../gateway/graphql/loaders.ts');

const database = createDatabase(databaseUrl, 4);
const viewer: Viewer = { id: 'nurse-1', kind: 'person', username: 'nurse-1', displayName: 'nurse-1', roles: ['nurse'], assignments: [{ role: 'nurse', unit: 'W1' }], unit: 'W1', sessionId: 'session-1', expiresAt: '2999-01-01T00:00:00.000Z' };

/** Filters that filter nothing and questions that are always answered yes, whatever they are called. */
const open: object = new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : () => true) });
const filters: object = new Proxy({}, { get: (_target, name) => (name === 'timelineOf' ? () => ({}) : {}) });

const door = createGraphqlDoor({
  // A list asks nothing of the other services; what is read goes on no record, so that the record's writes do not hide what rights cost.
  services: { database, recordFact: async () => undefined, patientAccess: { openAccessesOf: async () => new Map() }, logger: pino({ level: 'silent' }) } as never,
  outbox: {} as never,
  viewers: {} as never,
  limits: createLimits({ recordFact: async () => undefined, logger: pino({ level: 'silent' }), numbers: { personPointsPerMinute: 1e15 } }),
  isProduction: true,
  webFolder: '/nonexistent',
  ...(hasPolicy ? {} : { rights: () => ({ visibility: filters, access: open, loaders: createLoaders(database) }) as never }),
});

const body = JSON.stringify({ query: listQuery });
async function ask(): Promise<string> {
  const response = await door.fetch('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body }, { viewer } as never);
  return response.text();
}

parentPort?.on('message', async ({ requests, atOnce }: SideQuestion) => {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let text = '';
  let left = requests;
  const askOn = async (): Promise<void> => {
    while (left-- > 0) text = await ask();
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  const answer: SideAnswer = { wallMs, cpuMs: (user + system) / 1_000, digest: createHash('sha256').update(text).digest('hex'), bytes: text.length, begins: text.slice(0, 300) };
  parentPort?.postMessage(answer);
});
parentPort?.postMessage('ready');
