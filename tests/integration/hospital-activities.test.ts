import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeHospitalConnections, hospitalActivities, type ActivityContext, type AnyServiceActivity } from '#activities';
import { createDatabase, type Database } from '#database';
import type { Json, Variables } from '#engine';
import { startSimulators, type Effect, type RunningSimulators, type Switches } from '../../simulators/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let database: Database;
let simulators: RunningSimulators;
let dataFolder: string;

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url);
  dataFolder = mkdtempSync(join(tmpdir(), 'hospital-'));
  simulators = await startSimulators({ hisPort: 0, mqttPort: 0, simulatorControlPort: 0, dataFolder });
}, 300_000);
afterAll(async () => {
  await closeHospitalConnections();
  await simulators.close();
  await database.close();
  await server.stop();
  rmSync(dataFolder, { recursive: true });
});
afterEach(() => turn({ his: off, cabinet: off }));

const off: Switches = { delayMs: 0, silent: false, answerLost: false, duplicate: false, reorder: false, rejectNext: 0 };
const control = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${simulators.ports.control}${path}`, init);
async function turn(change: { his?: Partial<Switches>; cabinet?: Partial<Switches> }): Promise<void> {
  expect((await control('/switches', { method: 'POST', body: JSON.stringify(change) })).status).toBe(200);
}
async function effects(system: 'his' | 'cabinet'): Promise<readonly Effect[]> {
  return ((await (await control(`/effects?system=${system}`)).json()) as { effects: Effect[] }).effects;
}

function activity(type: string): AnyServiceActivity {
  const found = hospitalActivities.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`Expected an activity ${type}, but found none`);
  return found;
}
function contextOf(idempotencyKey: string, change: Partial<ActivityContext> = {}): ActivityContext {
  return {
    database,
    settings: { hisHost: '127.0.0.1', hisMllpPort: simulators.ports.his, mqttUrl: `mqtt://127.0.0.1:${simulators.ports.mqtt}` },
    idempotencyKey,
    instanceId: '00000000-0000-4000-8000-000000000001',
    elementId: 'send',
    at: '2026-11-22T08:00:00.000Z',
    signal: new AbortController().signal,
    ...change,
  };
}
async function run(type: string, input: Variables, context: ActivityContext): Promise<Json> {
  const found = activity(type);
  // Checked by the activity's own schema, as the shell does.
  return found.run(found.input.parse(input) as never, context);
}

const order = { orderId: 'O-1', patientId: 'P12', medicationCode: 'amoxicillin', dose: 500, doseUnit: 'mg', route: 'PO', ward: 'w1', frequency: 'tid' };

describe('hospital.sendOrderStatus', () => {
  it.each([['accepted', 'OK', 'SC'], ['rejected', 'UA', ''], ['in-progress', 'SC', 'IP'], ['held', 'SC', 'HD'], ['stopped', 'DR', 'DC'], ['completed', 'SC', 'CM']])('tells the HIS %s as ORC-1 %s, ORC-5 %s', async (status, control, orderStatus) => {
    const result = await run('hospital.sendOrderStatus', { order, status, reason: '剂量 | 需复核' }, contextOf(`status-${status}`));

    expect(result).toEqual({ controlId: expect.stringMatching(/^CL[0-9A-F]{18}$/), acknowledgedAt: expect.any(String) });
    expect((await effects('his')).at(-1)).toMatchObject({ kind: 'ORM^O01', id: (result as { controlId: string }).controlId, detail: { orderId: 'O-1', control, status: orderStatus } });
    expect(await database.prisma.outboundMessage.findUniqueOrThrow({ where: { id: `status-${status}` } })).toMatchObject({ status: 'acknowledged', attempts: 1 });
  });

  it('sends nothing again after it was acknowledged', async () => {
    const first = await run('hospital.sendOrderStatus', { order, status: 'completed' }, contextOf('once'));
    const before = (await effects('his')).length;

    const repeat = await run('hospital.sendOrderStatus', { order, status: 'completed' }, contextOf('once'));

    expect(repeat).toEqual(first);
    expect(await effects('his')).toHaveLength(before);
  });

  it('repeats under the same control id when answers are lost, and ends as unknown', async () => {
    await turn({ his: { answerLost: true } });
    const before = (await effects('his')).length;

    await expect(run('hospital.sendOrderStatus', { order, status: 'completed' }, contextOf('lost'))).rejects.toMatchObject({ code: 'SERVICE_OUTCOME_UNKNOWN' });

    const done = (await effects('his')).slice(before);
    expect(done).toHaveLength(2);
    expect(new Set(done.map(({ id }) => id)).size).toBe(1);
    expect(await database.prisma.outboundMessage.findUniqueOrThrow({ where: { id: 'lost' } })).toMatchObject({ status: 'unknown', attempts: 2 });

    await turn({ his: { answerLost: false } });
    await run('hospital.sendOrderStatus', { order, status: 'completed' }, contextOf('lost', { at: '2026-11-22T09:00:00.000Z' }));
    expect((await effects('his')).at(-1)).toMatchObject({ id: done[0]?.id, isRepeat: true });
  }, 30_000);

  it('has the same bytes each time, however late', async () => {
    const received: string[] = [];
    const his = createServer((socket) => socket.on('data', (chunk) => {
      received.push(chunk.toString('utf8'));
      socket.destroy();
    }));
    const port = await new Promise<number>((resolve) => his.listen(0, '127.0.0.1', () => resolve((his.address() as { port: number }).port)));
    const settings = { hisHost: '127.0.0.1', hisMllpPort: port, mqttUrl: '' };

    for (const at of ['2026-11-22T08:00:00.000Z', '2026-11-23T08:00:00.000Z']) {
      await expect(run('hospital.sendOrderStatus', { order, status: 'completed', reason: '完成' }, contextOf('same-bytes', { settings, at }))).rejects.toMatchObject({ code: 'SERVICE_OUTCOME_UNKNOWN' });
    }
    await new Promise((resolve) => his.close(resolve));

    expect(received).toHaveLength(4);
    expect(new Set(received).size).toBe(1);
  });

  it('is not retried when the HIS refuses it', async () => {
    await turn({ his: { rejectNext: 1 } });

    await expect(run('hospital.sendOrderStatus', { order, status: 'held' }, contextOf('refused'))).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: false });
    expect(await database.prisma.outboundMessage.findUniqueOrThrow({ where: { id: 'refused' } })).toMatchObject({ status: 'rejected' });
  });

  it('has certainly not happened when nobody listens', async () => {
    const settings = { hisHost: '127.0.0.1', hisMllpPort: await freePort(), mqttUrl: '' };

    await expect(run('hospital.sendOrderStatus', { order, status: 'held' }, contextOf('nobody', { settings }))).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: true });
  });

  it('takes two answers for one', async () => {
    await turn({ his: { duplicate: true } });

    await run('hospital.sendOrderStatus', { order, status: 'held' }, contextOf('two-answers'));
    await run('hospital.sendOrderStatus', { order, status: 'held' }, contextOf('after-two-answers'));

    expect(await database.prisma.outboundMessage.count({ where: { id: { endsWith: 'two-answers' }, status: 'acknowledged' } })).toBe(2);
  });
});

describe('hospital.sendAdministration', () => {
  it.each([['administered', 'CP', '500'], ['refused', 'RE', '0'], ['not-done', 'NA', '0']])('tells the HIS of a dose %s as RXA-20 %s', async (status, completion, amount) => {
    await run('hospital.sendAdministration', { order, administration: { number: 2, status, occurredAt: '2026-11-22T16:00:00+08:00', performerId: 'N1', reason: '拒绝' } }, contextOf(`dose-${status}`));

    expect((await effects('his')).at(-1)).toMatchObject({ kind: 'RAS^O17', detail: { orderId: 'O-1', completion, amount, administeredAt: '20261122160000+0800' } });
  });
});

describe('cabinet.dispense', () => {
  const input = { ward: 'w1', medicationCode: 'amoxicillin', quantity: 2, timeoutMs: 500 };
  const dispense = (key: string): Promise<Json> => run('cabinet.dispense', input, contextOf(key));
  // Checked by the schema in `dispense`.
  const probe = async (key: string) => activity('cabinet.dispense').probe?.(input as never, contextOf(key));

  it('lets the cabinet hand out the drug once', async () => {
    const result = await dispense('job-1');

    expect(result).toMatchObject({ drug: 'amoxicillin', quantity: 2, jobId: expect.stringMatching(/^JOB-/) });
    expect((await effects('cabinet')).filter(({ id }) => id === (result as { jobId: string }).jobId)).toHaveLength(1);
    expect(await probe('job-1')).toEqual({ kind: 'done', result });
  });

  it('is unknown while the cabinet is silent, and not done once it answers', async () => {
    await turn({ cabinet: { silent: true } });

    await expect(dispense('job-2')).rejects.toMatchObject({ code: 'SERVICE_OUTCOME_UNKNOWN' });
    const whileSilent = await probe('job-2');
    await turn({ cabinet: { silent: false } });

    expect(whileSilent).toEqual({ kind: 'unknown' });
    expect(await probe('job-2')).toEqual({ kind: 'notDone' });
  }, 20_000);

  it('is found done when only the answer was lost', async () => {
    await turn({ cabinet: { answerLost: true } });

    await expect(dispense('job-3')).rejects.toMatchObject({ code: 'SERVICE_OUTCOME_UNKNOWN' });

    expect(await probe('job-3')).toMatchObject({ kind: 'done', result: { quantity: 2 } });
  });

  it('is unknown, not undone, while the cabinet is still at it', async () => {
    await turn({ cabinet: { delayMs: 1_500 } });

    await expect(dispense('job-4')).rejects.toMatchObject({ code: 'SERVICE_OUTCOME_UNKNOWN' });

    expect(await probe('job-4')).toEqual({ kind: 'unknown' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await probe('job-4')).toMatchObject({ kind: 'done' });
  }, 20_000);

  it('fails for good when the cabinet refuses, and takes two answers for one', async () => {
    await turn({ cabinet: { rejectNext: 1, duplicate: true } });

    await expect(dispense('job-5')).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: false });
    expect(await dispense('job-6')).toMatchObject({ quantity: 2 });
  });

  it('has certainly not happened when the broker cannot be reached', async () => {
    const settings = { hisHost: '', hisMllpPort: 0, mqttUrl: `mqtt://127.0.0.1:${await freePort()}` };

    await expect(run('cabinet.dispense', input, contextOf('job-7', { settings }))).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: true });
  }, 20_000);

  it('serves several wards at once, each hearing its own answer', async () => {
    const wards = ['w1', 'w2', 'w3'];

    const results = await Promise.all(wards.map((ward) => run('cabinet.dispense', { ...input, ward }, contextOf(`job-${ward}`))));

    expect(new Set(results.map((result) => (result as { jobId: string }).jobId)).size).toBe(3);
  });

  it('refuses a ward that is no single topic level', () => {
    expect(activity('cabinet.dispense').input.safeParse({ ...input, ward: 'w1/#' }).success).toBe(false);
  });
});

async function freePort(): Promise<number> {
  const probeServer = createServer();
  const port = await new Promise<number>((resolve) => probeServer.listen(0, '127.0.0.1', () => resolve((probeServer.address() as { port: number }).port)));
  await new Promise((resolve) => probeServer.close(resolve));
  return port;
}
