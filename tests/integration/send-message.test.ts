import { createDatabase, type Database } from '#database';
import { createSendMessage } from '../../activities/send-message.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

describe('a message that an instance throws', () => {
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

  it('is in the inbox once, however often it is sent again, and every other one of its event beside it', async () => {
    const send = createSendMessage(database);
    const first = { instanceId: 'i1', elementInstanceId: 'e2', message: 'first', correlationKey: 'k', payload: {} };
    const second = { ...first, ordinal: 1, message: 'second' };

    for (const call of [first, second, first, second]) await send(call);

    const rows = await database.prisma.inboxCommand.findMany({ where: { callerId: 'instance:i1' } });
    expect(rows.map(({ payload }) => (payload as { message: string }).message).sort()).toEqual(['first', 'second']);
  });
});
