import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { sendMessages, startSimulators, writeNewOrder, type Effect, type RunningSimulators, type Switches } from './index.ts';
import { allOff } from './switches.ts';

let dataFolder: string;
let simulators: RunningSimulators;

async function start(): Promise<void> {
  simulators = await startSimulators({ hisPort: 0, mqttPort: 0, simulatorControlPort: 0, dataFolder });
}

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'simulators-'));
  await start();
});
afterEach(async () => {
  await simulators.close();
  rmSync(dataFolder, { recursive: true });
});

const control = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${simulators.ports.control}${path}`, init);
const effects = async (): Promise<readonly Effect[]> => ((await (await control('/effects')).json()) as { effects: Effect[] }).effects;
async function turn(system: 'his' | 'cabinet', switches: Partial<Switches>): Promise<void> {
  const response = await control('/switches', { method: 'POST', body: JSON.stringify({ [system]: switches }) });
  expect(response.status).toBe(200);
}
const status = (controlId: string): string => writeNewOrder({ controlId, patient: 'P12', orderId: `O-${controlId}`, drug: 'AMX', dose: '500', unit: 'mg', route: 'PO', frequency: 'tid' });
const toHis = (controlId: string, timeoutMs = 5_000): Promise<readonly string[]> => sendMessages([status(controlId)], { port: simulators.ports.his, timeoutMs });

describe('the HIS simulator', () => {
  it('acknowledges a message and keeps what it did', async () => {
    const [answer] = await toHis('M1');

    expect(answer).toMatch(/\rMSA\|AA\|M1/);
    expect(await effects()).toEqual([expect.objectContaining({ sequence: 1, system: 'his', kind: 'ORM^O01', id: 'M1', isRepeat: false, detail: expect.objectContaining({ orderId: 'O-M1' }) })]);
  });

  it('counts a repeat as a second effect', async () => {
    await toHis('M1');
    await toHis('M1');

    expect((await effects()).map(({ id, isRepeat }) => ({ id, isRepeat }))).toEqual([{ id: 'M1', isRepeat: false }, { id: 'M1', isRepeat: true }]);
  });

  it('neither acts nor answers when it is silent', async () => {
    await turn('his', { silent: true });

    await expect(toHis('M1', 300)).rejects.toThrow('none came');
    expect(await effects()).toEqual([]);
  });

  it('acts without answering when its answer is lost', async () => {
    await turn('his', { answerLost: true });

    await expect(toHis('M1', 300)).rejects.toThrow('none came');
    expect(await effects()).toHaveLength(1);
  });

  it('refuses as many messages as it was told', async () => {
    await turn('his', { rejectNext: 1 });

    expect((await toHis('M1'))[0]).toMatch(/\rMSA\|AE\|M1/);
    expect((await toHis('M2'))[0]).toMatch(/\rMSA\|AA\|M2/);
    expect((await effects()).map(({ id }) => id)).toEqual(['M2']);
  });

  it('waits before it acts', async () => {
    await turn('his', { delayMs: 200 });
    const begun = Date.now();

    await toHis('M1');

    expect(Date.now() - begun).toBeGreaterThanOrEqual(190);
  });

  it('handles a message after its successor when it reorders', async () => {
    await turn('his', { reorder: true });

    const first = toHis('M1');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first, toHis('M2')]);

    expect((await effects()).map(({ id }) => id)).toEqual(['M2', 'M1']);
  });

  it('stays up after bytes that are no message', async () => {
    await expect(sendMessages([Buffer.from('\x0bnonsense\x1c\r')], { port: simulators.ports.his, timeoutMs: 200 })).rejects.toThrow('none came');

    expect((await toHis('M2'))[0]).toMatch(/\rMSA\|AA\|M2/);
  });
});

describe('the cabinet simulator', () => {
  let client: MqttClient;
  let events: Record<string, unknown>[];

  beforeEach(async () => {
    events = [];
    client = await mqtt.connectAsync(`mqtt://127.0.0.1:${simulators.ports.mqtt}`);
    client.on('message', (_topic, payload) => events.push(JSON.parse(payload.toString('utf8')) as Record<string, unknown>));
    await client.subscribeAsync('cabinet/w1/events', { qos: 1 });
  });
  afterEach(() => client.endAsync(true));

  const tell = (topic: 'commands' | 'queries', type: string, jobId: string): Promise<unknown> =>
    client.publishAsync(`cabinet/w1/${topic}`, JSON.stringify({ type, jobId, drug: 'AMX', quantity: 2, correlationId: `c-${jobId}-${type}` }), { qos: 1 });
  async function eventually(count: number): Promise<void> {
    for (let tries = 0; events.length < count && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }

  it('dispenses, says so, and knows the job afterwards', async () => {
    await tell('commands', 'dispense', 'J1');
    await eventually(1);
    await tell('queries', 'query', 'J1');
    await tell('queries', 'query', 'J2');
    await eventually(3);

    expect(events).toEqual([
      expect.objectContaining({ type: 'job', jobId: 'J1', correlationId: 'c-J1-dispense', status: 'done' }),
      expect.objectContaining({ jobId: 'J1', correlationId: 'c-J1-query', status: 'done' }),
      expect.objectContaining({ jobId: 'J2', status: 'notDone' }),
    ]);
    expect(await effects()).toEqual([expect.objectContaining({ system: 'cabinet', kind: 'dispense', id: 'J1', detail: { ward: 'w1', drug: 'AMX', quantity: 2 } })]);
  });

  it('knows in its next run what it had done', async () => {
    await tell('commands', 'dispense', 'J1');
    await eventually(1);
    await client.endAsync(true);
    await simulators.close();
    await start();
    client = await mqtt.connectAsync(`mqtt://127.0.0.1:${simulators.ports.mqtt}`);
    client.on('message', (_topic, payload) => events.push(JSON.parse(payload.toString('utf8')) as Record<string, unknown>));
    await client.subscribeAsync('cabinet/w1/events', { qos: 1 });

    await tell('queries', 'query', 'J1');
    await eventually(2);

    expect(events.at(-1)).toMatchObject({ correlationId: 'c-J1-query', status: 'done' });
  });

  it('says nothing while it is silent, and has done nothing', async () => {
    await turn('cabinet', { silent: true });
    await tell('commands', 'dispense', 'J1');
    await tell('queries', 'query', 'J1');
    await eventually(1);
    expect(events).toEqual([]);

    await turn('cabinet', { silent: false });
    await tell('queries', 'query', 'J1');
    await eventually(1);

    expect(events).toEqual([expect.objectContaining({ status: 'notDone' })]);
    expect(await effects()).toEqual([]);
  });

  it('answers a query for a job whose answer was lost', async () => {
    await turn('cabinet', { answerLost: true });
    await tell('commands', 'dispense', 'J1');
    await tell('queries', 'query', 'J1');
    await eventually(2);
    await tell('queries', 'query', 'J1');
    await eventually(2);

    expect(events.every(({ correlationId }) => correlationId === 'c-J1-query')).toBe(true);
    expect(events.at(-1)).toMatchObject({ status: 'done' });
  });

  it('answers twice when it duplicates, for one effect', async () => {
    await turn('cabinet', { duplicate: true });
    await tell('commands', 'dispense', 'J1');
    await eventually(2);

    expect(events).toHaveLength(2);
    expect(await effects()).toHaveLength(1);
  });

  it('calls a job in progress while it is slow', async () => {
    await turn('cabinet', { delayMs: 400 });
    await tell('commands', 'dispense', 'J1');
    await tell('queries', 'query', 'J1');
    await eventually(1);

    expect(events).toEqual([expect.objectContaining({ status: 'inProgress' })]);
    expect(await effects()).toEqual([]);
  });
});

describe('the record of effects', () => {
  it('is appended over runs, and survives a line that a kill cut off', async () => {
    await toHis('M1');
    await simulators.close();
    appendFileSync(join(dataFolder, 'simulators', 'effects.jsonl'), '{"sequence":2,"at":');
    await start();

    await toHis('M1');

    expect(await effects()).toEqual([expect.objectContaining({ id: 'M1', isRepeat: false }), expect.objectContaining({ id: 'M1', isRepeat: true })]);
    expect(readFileSync(join(dataFolder, 'simulators', 'effects.jsonl'), 'utf8').split('\n')).toHaveLength(4);
  });
});

describe('the control desk', () => {
  it('refuses unknown switches and web pages, and says where the simulators are', async () => {
    const unknown = await control('/switches', { method: 'POST', body: JSON.stringify({ cabinet: { explode: true } }) });
    const page = await control('/switches', { headers: { origin: 'http://example.org' } });

    expect(unknown.status).toBe(400);
    expect(page.status).toBe(403);
    expect(await (await control('/switches')).json()).toEqual({ his: allOff, cabinet: allOff });
    expect(JSON.parse(readFileSync(join(dataFolder, 'simulators.json'), 'utf8'))).toEqual(simulators.ports);
  });
});
