import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createDatabase, type Database } from '#database';
import { createRuleSetLife, silentAfterMs, type RuleSetLife } from '../../gateway/rule-sets/index.ts';
import { startRuleTrials, type RuleTrials } from '../support/rule-trials.ts';
import type { GraphqlAnswer } from '../support/running-gateway.ts';

const key = 'dose-hold';
let trials: RuleTrials;
let gateway: RuleTrials['gateway'];
let pharmacist: RuleTrials['pharmacist'];
let withLimits: RuleTrials['withLimits'];
let saveDraft: RuleTrials['saveDraft'];
let decide: RuleTrials['decide'];
let backtest: RuleTrials['backtest'];
let finished: RuleTrials['finished'];

beforeAll(async () => {
  trials = await startRuleTrials();
  ({ gateway, pharmacist, withLimits, saveDraft, decide, backtest, finished } = trials);
  for (const potassium of [4.8, 5.3, 6, 4.1, 4.8, 5.3, 6, 4.1]) await decide(potassium, 'P1');
  await saveDraft(withLimits(4.7, 5.2));
}, 300_000);
afterAll(() => trials?.close(), 60_000);

describe('a gateway with one connection left', () => {
  it('replays while everybody else uses it', async () => {
    const small = createDatabase(trials.server.url, 1);
    const life = createRuleSetLife({ database: small, keys: gateway.keys });
    const actor = { id: 'demo-pharmacist', kind: 'person' as const, roles: ['pharmacist'], name: '药师' };
    try {
      const { backtestId } = await life.requestBacktest({ key, candidate: { draft: true }, from: new Date(0).toISOString(), to: new Date(Date.now() + 1_000).toISOString(), wards: [], actor, idempotencyKey: randomUUID() });
      await small.pool.query('select 1');
      for (let times = 0; times < 200 && (await backtest(pharmacist, backtestId)).status !== 'DONE'; times += 1) await sleep(50);

      expect(await backtest(pharmacist, backtestId)).toMatchObject({ status: 'DONE', result: { decisions: 8, changed: 4 } });
    } finally {
      await life.close();
      await small.close();
    }
  });
});

describe('a gateway that ends', () => {
  it('records the backtests that it did not finish as interrupted', async () => {
    const life = createRuleSetLife({ database: gateway.database, keys: gateway.keys });
    const actor = { id: 'demo-pharmacist', kind: 'person' as const, roles: ['pharmacist'], name: '药师' };
    const ask = () => life.requestBacktest({ key, candidate: { version: '1' }, from: new Date(0).toISOString(), to: new Date().toISOString(), wards: [], actor, idempotencyKey: randomUUID() });

    const asked = [await ask(), await ask()];
    await life.close();

    const states = await Promise.all(asked.map(async ({ backtestId }) => (await backtest(pharmacist, backtestId)).status));
    expect(states.at(-1)).toBe('INTERRUPTED');
    expect(states.every((state) => state === 'DONE' || state === 'INTERRUPTED')).toBe(true);
    await expect(ask()).rejects.toMatchObject({ code: 'BACKTEST_BUSY' });
  });

  it('is seen as interrupted when it was killed in the middle of one, which can be begun again', async () => {
    const { prisma } = gateway.database;
    await killedInTheMiddle(trials.server.url);
    const { id } = await prisma.ruleBacktest.findFirstOrThrow({ where: { key, requestedBy: 'demo-pharmacist', progress: { startedAt: { not: null } }, result: null }, orderBy: { requestedAt: 'desc' } });

    expect(await backtest(pharmacist, id)).toMatchObject({ status: 'RUNNING', result: null });
    await prisma.ruleBacktestProgress.update({ where: { backtestId: id }, data: { beatAt: new Date(Date.now() - silentAfterMs - 1_000) } });
    expect(await backtest(pharmacist, id)).toMatchObject({ status: 'INTERRUPTED', result: null });

    expect(await backtest(pharmacist, await finished(pharmacist, { candidate: { version: '1' } }))).toMatchObject({ status: 'DONE', result: { changed: 0 } });
    expect(await backtest(pharmacist, id)).toMatchObject({ status: 'INTERRUPTED' });
  });

  it('leaves one that was killed to be seen as interrupted; it can be begun again', async () => {
    const id = randomUUID();
    await gateway.database.prisma.ruleBacktest.create({ data: { id, key, candidate: '1', hash: '', since: new Date(0), until: new Date(), requestedAt: new Date(), requestedBy: 'demo-pharmacist', progress: { create: { beatAt: new Date(Date.now() - 60_000), startedAt: new Date(), read: 5 } } } });

    expect(await backtest(pharmacist, id)).toMatchObject({ status: 'INTERRUPTED', read: 5, result: null });
    expect(await backtest(pharmacist, await finished(pharmacist, { candidate: { version: '1' } }))).toMatchObject({ status: 'DONE' });
  });
});

describe('a backtest that cannot end', () => {
  const actor = { id: 'demo-pharmacist', kind: 'person' as const, roles: ['pharmacist'], name: '药师' };
  const ask = (life: RuleSetLife) => life.requestBacktest({ key, candidate: { version: '1' }, from: new Date(0).toISOString(), to: new Date(Date.now() + 1_000).toISOString(), wards: [], actor, idempotencyKey: randomUUID() });
  const ended = async (id: string): Promise<GraphqlAnswer['data']> => {
    for (let times = 0; times < 200; times += 1) {
      const found = await backtest(pharmacist, id);
      if (found.status !== 'RUNNING' && found.status !== 'WAITING') return found;
      await sleep(50);
    }
    throw new Error('Expected the backtest to end');
  };

  it('says that it failed, logs the kind of error and no value, and leaves the next one its turn', async () => {
    const logged: unknown[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
    let broken = true;
    const connectBeside: Database['connectBeside'] = (...given) => (broken ? Promise.reject(new TypeError('P1 has no bed')) : gateway.database.connectBeside(...given));
    const life = createRuleSetLife({ database: { prisma: gateway.database.prisma, pool: gateway.database.pool, connectBeside }, keys: gateway.keys, logger });

    const { backtestId } = await ask(life);
    expect(await ended(backtestId)).toMatchObject({ status: 'FAILED', failure: 'BACKTEST_FAILED', result: null });
    expect(logged).toMatchObject([{ error: 'TypeError', backtest: backtestId }]);
    expect(JSON.stringify(logged)).not.toContain('P1');

    broken = false;
    expect(await ended((await ask(life)).backtestId)).toMatchObject({ status: 'DONE' });
    await life.close();
  });

  it('is ended after its time, and says so', async () => {
    const connectBeside: Database['connectBeside'] = async (...given) => {
      await sleep(30);
      return gateway.database.connectBeside(...given);
    };
    const life = createRuleSetLife({ database: { prisma: gateway.database.prisma, pool: gateway.database.pool, connectBeside }, keys: gateway.keys, backtestTimeLimitMs: 1 });

    expect(await ended((await ask(life)).backtestId)).toMatchObject({ status: 'FAILED', failure: 'BACKTEST_TOO_LONG', result: null });
    await life.close();
  });
});

function killedInTheMiddle(databaseUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../support/dying-backtest.ts', import.meta.url)), databaseUrl], { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.on('error', reject);
    child.on('exit', (_code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`Expected the process to be killed, but it said: ${said.slice(-2000)}`))));
  });
}
