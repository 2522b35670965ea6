/**
 * A process that begins a backtest of `dose-hold`, version 1, over everything recorded, and is killed in the middle of it, as if the
 * power had gone: when it is about to read the decisions. Run by `rule-backtest-ends.test.ts`. Argument: database URL.
 */
import { createKeyStore } from '#activities';
import { createDatabase, type Database } from '#database';
import { createRuleSetLife } from '../../gateway/rule-sets/index.ts';

const database = createDatabase(process.argv[2] ?? '');
const connectBeside: Database['connectBeside'] = () => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const life = createRuleSetLife({ database: { prisma: database.prisma, pool: database.pool, connectBeside }, keys: createKeyStore(database, Buffer.alloc(32, 1)) });
await life.requestBacktest({ key: 'dose-hold', candidate: { version: '1' }, from: new Date(0).toISOString(), to: new Date(Date.now() + 60_000).toISOString(), wards: [], actor: { id: 'demo-pharmacist', kind: 'person', roles: ['pharmacist'], name: '药师' }, idempotencyKey: 'killed' });
