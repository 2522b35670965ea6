import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { createKeyStore } from '#activities';
import { createDatabase, type Database } from '#database';
import type { CommandOutcome, CommandService, PublishMessage, StartProcess } from '../../gateway/commands/command-service.ts';
import { startMllpDoor, type MllpDoor, type MllpDoorOptions } from '../../gateway/hl7/index.ts';
import { sendMessages, toFrame, writeLabResult, writeNewOrder, writeOrderChange } from '../../simulators/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let database: Database;
let door: MllpDoor;
const doors: MllpDoor[] = [];
let owner: pg.Client;
let recorded: ((StartProcess & { kind: 'start' }) | (PublishMessage & { kind: 'message' }))[];
let nextOutcomes: (CommandOutcome | Error)[];

/** Records what the door asks for; the real one has tests of its own. */
const commands = {
  startProcess: async (command: StartProcess) => take({ ...command, kind: 'start' }),
  publishMessage: async (command: PublishMessage) => take({ ...command, kind: 'message' }),
} as unknown as CommandService;

function take(command: (typeof recorded)[number]): CommandOutcome {
  const next = nextOutcomes.shift();
  if (next instanceof Error) throw next;
  recorded.push(command);
  return next ?? { status: 'accepted', commandId: command.idempotencyKey, ...(command.kind === 'start' ? { instanceId: '00000000-0000-4000-8000-000000000001' } : {}) };
}

async function openDoor(options: Partial<MllpDoorOptions> = {}): Promise<MllpDoor> {
  const opened = await startMllpDoor({ port: 0, database, commands, keys: createKeyStore(database, Buffer.alloc(32, 7)), logger: pino({ level: 'silent' }), ...options });
  doors.push(opened);
  return opened;
}

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url);
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const { prisma } = database;
  await prisma.ward.create({ data: { id: 'w1', name: { 'zh-CN': '一病区', 'en': 'Ward 1' } } });
  for (const id of ['P12', 'P13']) {
    await prisma.patient.create({ data: { id, name: `病人${id}`, gender: 'female', birthDate: new Date('1948-01-01'), isSynthetic: true } });
    await prisma.encounter.create({ data: { id: `E-${id}`, patientId: id, wardId: 'w1', bed: id.slice(1), admittedAt: new Date('2026-11-01'), wristband: `WB-${id}` } });
  }
  await prisma.medication.create({ data: { code: 'amoxicillin', name: { 'zh-CN': '阿莫西林', 'en': 'Amoxicillin' }, ingredient: 'amoxicillin', groups: ['penicillin', 'beta-lactam'], strength: 250, strengthUnit: 'mg', form: 'capsule', gtin: '06900000000012' } });
}, 300_000);
afterAll(async () => {
  await owner.end();
  await database.close();
  await server.stop();
});
beforeEach(async () => {
  recorded = [];
  nextOutcomes = [];
  door = await openDoor();
});
afterEach(() => Promise.all(doors.splice(0).map((opened) => opened.close())));

const controlId = (): string => randomBytes(6).toString('hex');
const order = (change: Partial<Parameters<typeof writeNewOrder>[0]> = {}): string =>
  writeNewOrder({ controlId: controlId(), orderId: `O-${controlId()}`, patient: 'P12', drug: 'amoxicillin', dose: '500', unit: 'mg', route: 'PO', frequency: 'tid', startAt: '2026-11-22T00:00:00Z', ...change });
const send = async (message: string | Buffer): Promise<string> => (await sendMessages([message], { port: door.port, timeoutMs: 10_000 }))[0] ?? '';
const field = (message: string, segment: string, position: number): string => message.split('\r').find((line) => line.startsWith(`${segment}|`))?.split('|')[position] ?? '';
const refusals = async (): Promise<{ action: string; reason: string; patient_id: string | null }[]> =>
  (await owner.query<{ action: string; reason: string; patient_id: string | null }>(`select action, reason, patient_id from audit_entry where action like '%.refused' order by id`)).rows;

describe('a new order', () => {
  it('is answered with AA once order, message and command are stored', async () => {
    const text = order({ orderId: 'O-1', controlId: 'C-1', priority: 'stat', orderedBy: 'D007' });

    const answer = await send(text);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(field(answer, 'MSA', 2)).toBe('C-1');
    expect(recorded).toEqual([
      {
        kind: 'start',
        actor: { id: 'hl7:HIS', kind: 'system', roles: ['his'], onBehalfOf: 'D007' },
        idempotencyKey: 'HIS|HOSPITAL|C-1',
        processKey: 'inpatient-order-loop',
        businessKey: 'O-1',
        patientId: 'P12',
        unit: 'w1',
        variables: {
          order: {
            orderId: 'O-1', patientId: 'P12', encounterId: 'E-P12', ward: 'w1', medicationCode: 'amoxicillin', ingredient: 'amoxicillin', groups: ['penicillin', 'beta-lactam'],
            dose: 500, doseUnit: 'mg', route: 'PO', frequency: 'tid', orderType: 'long-term', priority: 'stat', startAt: '2026-11-22T00:00:00.000Z', orderedBy: 'D007',
          },
        },
      },
    ]);
    expect(await database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-1' } })).toMatchObject({ patientId: 'P12', dose: 500, status: 'received', instanceId: '00000000-0000-4000-8000-000000000001' });
    const stored = await database.prisma.hl7Message.findUniqueOrThrow({ where: { id: 'HIS|HOSPITAL|C-1' } });
    expect(stored.acknowledgement).toBe(answer);
    expect(JSON.stringify(stored.frame)).not.toContain('P12');
    expect((await owner.query(`select 1 from audit_entry where action = 'order.received' and patient_id = 'P12'`)).rowCount).toBe(1);
  });

  it.each(['OMP^O09', 'RDE^O11'] as const)('is taken as %s too, also in GB 18030', async (type) => {
    const answer = await send(order({ type, charset: 'GB 18030-2000', orderedBy: '张医生', volumeMl: '250', rateMlPerHour: '100', line: 'peripheral', dose: '20', unit: 'mmol', frequency: 'once', priority: 'rescue' }));

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(field(answer, 'MSH', 17)).toBe('GB 18030-2000');
    expect(recorded[0]).toMatchObject({ actor: { onBehalfOf: '张医生' }, variables: { order: { orderType: 'one-time', priority: 'rescue', infusion: { volumeMl: 250, rateMlPerHour: 100, line: 'peripheral', concentrationMmolPerL: 80 } } } });
  });

  it('is taken with its times in ORC-7, as older versions have them', async () => {
    const text = `MSH|^~\\&|HIS|HOSPITAL|CARELOOP||20261122||ORM^O01|${controlId()}|P|2.3.1\rPID|1||P12\rPV1|1|I|||||||||||||||||E-P12\rORC|NW|O-${controlId()}|||||500^q8h^^20261122080000^20261125080000^S||20261122|||D1\rRXO|amoxicillin|||mg\rRXR|po\r`;

    const answer = await send(text);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(recorded[0]).toMatchObject({ variables: { order: { frequency: 'q8h', dose: 500, route: 'PO', priority: 'stat', startAt: '2026-11-22T00:00:00.000Z', stopAt: '2026-11-25T00:00:00.000Z' } } });
  });

  it('is answered the same when it is repeated, with no second effect', async () => {
    const text = order();

    const first = await send(text);
    const repeat = await send(text);

    expect(repeat).toBe(first);
    expect(recorded).toHaveLength(1);
  });

  it('has one effect and one answer when it comes ten times at once', async () => {
    const text = order({ orderId: 'O-ten' });

    const answers = await Promise.all(Array.from({ length: 10 }, () => send(text)));

    expect(new Set(answers).size).toBe(1);
    expect(field(answers[0] ?? '', 'MSA', 1)).toBe('AA');
    // The command service sees one key, and takes it once.
    expect(new Set(recorded.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await database.prisma.medicationOrder.count({ where: { id: 'O-ten' } })).toBe(1);
  });

  it('is refused under a control id that another message has, and the first one stands', async () => {
    const first = await send(order({ controlId: 'C-reused' }));

    const second = await send(order({ controlId: 'C-reused', dose: '1000' }));

    expect(field(first, 'MSA', 1)).toBe('AA');
    expect(field(second, 'MSA', 1)).toBe('AR');
    expect(field(second, 'ERR', 5)).toBe('CONTROL_ID_REUSED');
    expect(recorded).toHaveLength(1);
    expect((await database.prisma.hl7Message.findUniqueOrThrow({ where: { id: 'HIS|HOSPITAL|C-reused' } })).acknowledgement).toBe(first);
  });

  it('is refused under a placer order number that another order has', async () => {
    await send(order({ orderId: 'O-used' }));

    const answer = await send(order({ orderId: 'O-used', patient: 'P13' }));

    expect([field(answer, 'MSA', 1), field(answer, 'ERR', 2), field(answer, 'ERR', 5)]).toEqual(['AE', 'ORC^1^2', 'ORDER_NUMBER_IN_USE']);
    expect((await database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-used' } })).patientId).toBe('P12');
  });

  it('is finished by a repeat when the inbox could not be reached, with the same command', async () => {
    const text = order({ orderId: 'O-again' });
    nextOutcomes = [new Error('connection to P12’s database lost')];

    const first = await send(text);
    const repeat = await send(text);

    expect([field(first, 'MSA', 1), field(first, 'ERR', 3).slice(0, 3)]).toEqual(['AR', '207']);
    expect(first).not.toContain('P12');
    expect(field(repeat, 'MSA', 1)).toBe('AA');
    expect(recorded.map((command) => command.kind === 'start' && command.businessKey)).toEqual(['O-again']);
  });

  it('may be corrected under the same number when the process refused it', async () => {
    nextOutcomes = [{ status: 'refused', commandId: 'c', failure: { code: 'VARIABLE_WRONG_TYPE', message: 'Expected a number, but found text', place: 'order' } }];
    const refused = await send(order({ orderId: 'O-corrected' }));

    const corrected = await send(order({ orderId: 'O-corrected', dose: '250' }));

    expect([field(refused, 'MSA', 1), field(refused, 'ERR', 5)]).toEqual(['AE', 'VARIABLE_WRONG_TYPE']);
    expect(field(corrected, 'MSA', 1)).toBe('AA');
    expect(await database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-corrected' } })).toMatchObject({ dose: 250, status: 'received' });
  });
});

describe('a change of an order', () => {
  it.each([['DC', 'orderDiscontinued'], ['CA', 'orderDiscontinued'], ['HD', 'orderHeld'], ['RL', 'orderReleased']] as const)('%s becomes the message %s', async (control, message) => {
    const orderId = `O-${control}`;
    await send(order({ orderId }));

    const answer = await send(writeOrderChange({ controlId: controlId(), orderId, patient: 'P12', control, reason: 'wrong|dose', orderedBy: 'D9' }));

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(recorded[1]).toMatchObject({ kind: 'message', message, correlationKey: orderId, payload: { orderId, control, reason: 'wrong|dose', requestedBy: 'D9' } });
    expect((await database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: orderId } })).stopAt !== null).toBe(control === 'DC' || control === 'CA');
  });

  it('is refused for an unknown order, another patient’s, and one that has ended', async () => {
    await send(order({ orderId: 'O-P12' }));
    await send(order({ orderId: 'O-ended' }));
    await database.prisma.medicationOrder.update({ where: { id: 'O-ended' }, data: { status: 'completed' } });
    const change = (orderId: string, patient: string, control: 'HD' | 'DC') => writeOrderChange({ controlId: controlId(), orderId, patient, control });

    const answers = await sendMessages([change('O-none', 'P12', 'DC'), change('O-P12', 'P13', 'DC'), change('O-ended', 'P12', 'HD'), change('O-ended', 'P12', 'DC')], { port: door.port });

    expect(answers.map((answer) => [field(answer, 'MSA', 1), field(answer, 'ERR', 5)])).toEqual([['AE', 'UNKNOWN_ORDER'], ['AE', 'ORDER_OF_OTHER_PATIENT'], ['AE', 'ORDER_ENDED'], ['AA', '']]);
    expect(recorded.filter(({ kind }) => kind === 'message')).toEqual([]);
  });
});

describe('results and patient updates', () => {
  it('stores a lab result and tells the patient’s processes', async () => {
    const result = writeLabResult({ controlId: 'L-1', patient: 'P12', code: '2823-3', value: '6.8', unit: 'mmol/L', observedAt: '2026-11-22T08:00:00Z' });

    const answer = await send(result);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(await database.prisma.observation.findMany({ where: { patientId: 'P12', code: '2823-3' } })).toEqual([expect.objectContaining({ value: 6.8, unit: 'mmol/L', observedAt: new Date('2026-11-22T08:00:00Z'), source: 'hl7:HIS' })]);
    expect(recorded).toEqual([expect.objectContaining({ kind: 'message', message: 'patientFactsChanged', correlationKey: 'P12', idempotencyKey: 'HIS|HOSPITAL|L-1' })]);
  });

  it('stores a correction in place of the result that it corrects', async () => {
    const result = (value: string, status: string): string => `MSH|^~\\&|LIS|LAB|CARELOOP||20261122||ORU^R01|${controlId()}|P|2.5.1\rPID|1||P13^^^^MR\rOBR|1||F7|K\rOBX|1|NM|2823-3^K^LN||${value}|mmol/L|||||${status}|||20261122080000\r`;
    await send(result('4.1', 'P'));

    await send(result('6.1', 'C'));

    expect((await database.prisma.observation.findMany({ where: { patientId: 'P13', code: '2823-3' } })).map(({ value }) => value)).toEqual([6.1]);
  });

  it('adds allergies and weight from ADT^A08', async () => {
    const answer = await send(`MSH|^~\\&|HIS|HOSPITAL|CARELOOP||20261122||ADT^A08^ADT_A01|${controlId()}|P|2.5.1\rEVN|A08|20261122\rPID|1||P13^^^^MR\rOBX|1|NM|29463-7^Weight^LN||52.5|kg|||||F|||20261122\rAL1|1|DA|Penicillin||immediate\r`);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(await database.prisma.patient.findUniqueOrThrow({ where: { id: 'P13' }, include: { allergies: true } })).toMatchObject({ allergyStatus: 'recorded', allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }] });
    expect(await database.prisma.observation.findFirstOrThrow({ where: { patientId: 'P13', code: '29463-7' } })).toMatchObject({ value: 52.5 });
    expect(recorded).toEqual([expect.objectContaining({ message: 'patientFactsChanged', correlationKey: 'P13' })]);
  });
});

describe('bad messages', () => {
  const change = (pattern: RegExp | string, by: string): string => order().replace(pattern, by);

  it.each([
    ['an unknown patient', () => order({ patient: 'P99' }), 'AE', '204', 'PID^1^3', 'UNKNOWN_PATIENT'],
    ['an unknown drug', () => order({ drug: 'snake-oil' }), 'AE', '204', 'RXO^1^1', 'UNKNOWN_DRUG'],
    ['an unknown frequency', () => order({ frequency: 'q5h' }), 'AE', '103', 'TQ1^1^3', 'UNKNOWN_FREQUENCY'],
    ['a dose that is no number', () => order({ dose: '5OO' }), 'AE', '102', 'RXO^1^2', 'NUMBER_INVALID'],
    ['a dose of zero', () => order({ dose: '0' }), 'AE', '102', 'RXO^1^2', 'NUMBER_INVALID'],
    ['a missing segment', () => change(/RXO[^\r]*\r/, ''), 'AE', '100', 'RXO^1', 'SEGMENT_MISSING'],
    ['a duplicated segment', () => change(/(PID[^\r]*\r)/, '$1$1'), 'AE', '100', 'PID^2', 'SEGMENT_DUPLICATED'],
    ['two orders in one message', () => change(/(ORC[^\r]*\r)/, '$1$1'), 'AE', '100', 'ORC^2', 'SEGMENT_DUPLICATED'],
    ['a missing order number', () => order({ orderId: '' }), 'AE', '101', 'ORC^1^2', 'FIELD_MISSING'],
    ['an unknown control code', () => change('ORC|NW|', 'ORC|XX|'), 'AE', '103', 'ORC^1^1', 'CONTROL_CODE_UNSUPPORTED'],
    ['another’s encounter', () => change(/\rORC/, `\rPV1|1|I${'|'.repeat(17)}E-P13\rORC`), 'AE', '204', 'PV1^1^19', 'UNKNOWN_ENCOUNTER'],
    ['an unsupported type', () => change('ORM^O01^ORM_O01', 'MDM^T02'), 'AR', '200', 'MSH^1^9', 'MESSAGE_TYPE_UNSUPPORTED'],
    ['an unsupported event', () => change('ORM^O01^ORM_O01', 'ORM^O99'), 'AR', '201', 'MSH^1^9^1^2', 'EVENT_UNSUPPORTED'],
    ['an unsupported version', () => change('|2.5.1|', '|3.0|'), 'AR', '203', 'MSH^1^12', 'VERSION_UNSUPPORTED'],
    ['an unsupported charset', () => change('UNICODE UTF-8', 'ISO IR87'), 'AE', '103', 'MSH^1^18', 'CHARSET_UNSUPPORTED'],
    ['a second message in the frame', () => order() + order(), 'AR', '100', 'MSH^2', 'SEGMENT_DUPLICATED'],
  ])('refuses %s precisely, on record, and goes on', async (_what, make, acknowledgment, condition, location, code) => {
    const before = (await refusals()).length;

    const answer = await send(make());
    const next = await send(order());

    expect([field(answer, 'MSA', 1), field(answer, 'ERR', 2), field(answer, 'ERR', 3).split('^')[0], field(answer, 'ERR', 5)]).toEqual([acknowledgment, location, condition, code]);
    expect(answer).not.toMatch(/P99|snake-oil|q5h|5OO|E-P13/);
    const entries = (await refusals()).slice(before);
    expect(entries).toEqual([expect.objectContaining({ reason: expect.stringContaining(code) })]);
    expect(field(next, 'MSA', 1)).toBe('AA');
  });

  it('refuses GB 18030 bytes in a message that says UTF-8, and answers a repeat the same', async () => {
    const text = Buffer.from(toFrame(order({ charset: 'GB 18030-2000', orderedBy: '张医生' })).toString('latin1').replace('GB 18030-2000', 'UNICODE UTF-8'), 'latin1');

    const answers = [await send(text), await send(text)];

    expect([field(answers[0] ?? '', 'MSA', 1), field(answers[0] ?? '', 'ERR', 5)]).toEqual(['AE', 'CHARSET_INVALID']);
    expect(answers[1]).toBe(answers[0]);
    expect(recorded).toEqual([]);
  });

  it('refuses what has no control id', async () => {
    const answers = [await send(order({ controlId: 'gone' }).replace('|gone|', '||')), await send(Buffer.from('\x0bhello\x1c\r'))];

    expect(answers.map((answer) => [field(answer, 'MSA', 1), field(answer, 'ERR', 5)])).toEqual([['AR', 'FIELD_MISSING'], ['AR', 'HEADER_INVALID']]);
  });
});

describe('the wire', () => {
  /** Writes raw bytes and collects what comes back until the peer closes or the time is up. */
  async function talk(chunks: readonly (string | Buffer)[], { port = door.port, waitMs = 400, end = false } = {}): Promise<{ answers: string; isClosed: boolean; closedAfterMs: number }> {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answers = '';
    let isClosed = false;
    let closedAfterMs = Infinity;
    const begun = Date.now();
    socket.on('data', (chunk) => (answers += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.on('close', () => {
      isClosed = true;
      closedAfterMs = Date.now() - begun;
      resolve();
    }));
    for (const chunk of chunks) {
      if (!socket.destroyed) socket.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (end) socket.end();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, waitMs))]);
    socket.destroy();
    return { answers, isClosed, closedAfterMs };
  }
  const acknowledged = (answers: string): string[] => [...answers.matchAll(/\rMSA\|(..)\|([^|\r]*)/g)].map(([, code, id]) => `${code} ${id}`);
  const lastReason = async (): Promise<string> => (await refusals()).at(-1)?.reason ?? '';

  it('takes frames split at every byte, and joined ones in order', async () => {
    const split = toFrame(order({ controlId: 'split' }));
    const joined = Buffer.concat([toFrame(order({ controlId: 'j1' })), toFrame(order({ controlId: 'j2' })), toFrame(order({ controlId: 'j3' }))]);

    const first = await talk([...Array.from(split.subarray(0, 20), (byte) => Buffer.of(byte)), split.subarray(20)], { waitMs: 1_500 });
    const second = await talk([joined], { waitMs: 1_500 });

    expect(acknowledged(first.answers)).toEqual(['AA split']);
    expect(acknowledged(second.answers)).toEqual(['AA j1', 'AA j2', 'AA j3']);
  });

  it('closes on an endless message, on record', async () => {
    const { isClosed, answers } = await talk([Buffer.of(0x0b), Buffer.alloc(1_100_000, 65)], { waitMs: 5_000 });

    expect({ isClosed, answers }).toEqual({ isClosed: true, answers: '' });
    expect(await lastReason()).toMatch(/^FRAME_TOO_LONG/);
  });

  it('closes when a message does not end in time, however slowly it drips, on record', async () => {
    const slow = await openDoor({ idleTimeoutMs: 250 });

    const { isClosed, closedAfterMs } = await talk(Array.from({ length: 400 }, () => 'A').map((text, index) => (index === 0 ? `\x0b${text}` : text)), { port: slow.port, waitMs: 3_000 });

    expect(isClosed).toBe(true);
    // While it was still dripping: 400 bytes take two seconds and more.
    expect(closedAfterMs).toBeLessThan(1_900);
    expect(await lastReason()).toMatch(/^FRAME_TIMED_OUT/);
  });

  it('keeps a connection open between messages', async () => {
    const quick = await openDoor({ idleTimeoutMs: 100 });

    const { isClosed, answers } = await talk([toFrame(order({ controlId: 'idle' }))], { port: quick.port, waitMs: 800 });

    expect(isClosed).toBe(false);
    expect(acknowledged(answers)).toEqual(['AA idle']);
  });

  it('passes over wrong bytes between frames, on record', async () => {
    const { answers } = await talk([Buffer.concat([Buffer.from('noise'), toFrame(order({ controlId: 'after-noise' }))])], { waitMs: 1_500 });

    expect(acknowledged(answers)).toEqual(['AA after-noise']);
    expect((await refusals()).map(({ reason }) => reason.split(':')[0])).toContain('BYTES_OUTSIDE_FRAME');
  });

  it('answers a peer that half-closes, and notes a message that was cut off', async () => {
    const whole = await talk([toFrame(order({ controlId: 'half' }))], { waitMs: 2_000, end: true });
    const cutOff = await talk([toFrame(order()).subarray(0, 40)], { waitMs: 2_000, end: true });

    expect(acknowledged(whole.answers)).toEqual(['AA half']);
    expect(cutOff.isClosed).toBe(true);
    expect(await lastReason()).toMatch(/^FRAME_NOT_ENDED/);
  });

  it('answers the message in hand when it closes', async () => {
    const closing = await openDoor();
    const answer = talk([toFrame(order({ controlId: 'closing' }))], { port: closing.port, waitMs: 2_000 });
    for (let tries = 0; !recorded.some(({ idempotencyKey }) => idempotencyKey.endsWith('closing')) && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));

    await closing.close();

    expect(acknowledged((await answer).answers)).toEqual(['AA closing']);
  });
});
