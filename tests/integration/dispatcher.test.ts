import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { createKeyStore, recordBatch } from '#activities';
import { createDatabase, type Database } from '#database';
import { createInbox, startDispatcher } from '../../gateway/commands/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { addInstance, firstBatch } from './record-batches.ts';

describe('the dispatcher', () => {
  let server: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await startTestDatabase();
    database = createDatabase(server.url);
  }, 300_000);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('delivers at once what an instance sends, without waiting for its next look', async () => {
    const keys = createKeyStore(database, randomBytes(32));
    const delivered: string[] = [];
    const dispatcher = startDispatcher({
      database,
      inbox: createInbox(database),
      deliver: async ({ kind }) => {
        delivered.push(kind);
        return { kind: 'delivered', outcome: {} };
      },
      recordRefusal: async () => undefined,
      logger: pino({ level: 'silent' }),
      pollMs: 3_600_000,
    });
    const instanceId = await addInstance(database);

    // It may not listen yet when the first one is sent.
    for (let sequence = 1; sequence <= 100 && delivered.length === 0; sequence += 1) {
      await recordBatch(database, keys, { ...firstBatch(instanceId), sequence, outbound: [{ kind: 'signal', key: `e${sequence}/alarm`, signal: 'alarm', payload: {} }] });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await dispatcher.stop();

    expect(delivered).toContain('signal');
  }, 60_000);
});
