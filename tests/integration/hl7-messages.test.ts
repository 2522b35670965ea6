import { toFrame, writeLabResult } from '../../simulators/index.ts';
import { controlId, field, newOrder, TestHl7Door } from '../support/hl7-door.ts';

let hl7: TestHl7Door;
beforeAll(async () => {
  hl7 = await TestHl7Door.start();
}, 300_000);
afterAll(() => hl7.stop());
beforeEach(() => hl7.open());
afterEach(() => hl7.closeDoors());

describe('results and patient updates', () => {
  it('stores a lab result and tells the patient’s processes', async () => {
    const result = writeLabResult({ controlId: 'L-1', patient: 'P12', code: '2823-3', value: '6.8', unit: 'mmol/L', observedAt: '2026-11-22T08:00:00Z' });

    const answer = await hl7.send(result);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(await hl7.database.prisma.observation.findMany({ where: { patientId: 'P12', code: '2823-3' } })).toEqual([expect.objectContaining({ value: 6.8, unit: 'mmol/L', observedAt: new Date('2026-11-22T08:00:00Z'), source: 'hl7:HIS' })]);
    expect(hl7.recorded).toEqual([expect.objectContaining({ kind: 'message', message: 'patientFactsChanged', correlationKey: 'P12', idempotencyKey: 'HIS|HOSPITAL|L-1' })]);
  });

  it('stores a correction in place of the result that it corrects', async () => {
    const result = (value: string, status: string): string => `MSH|^~\\&|LIS|LAB|CARELOOP||20261122||ORU^R01|${controlId()}|P|2.5.1\rPID|1||P13^^^^MR\rOBR|1||F7|K\rOBX|1|NM|2823-3^K^LN||${value}|mmol/L|||||${status}|||20261122080000\r`;
    await hl7.send(result('4.1', 'P'));

    await hl7.send(result('6.1', 'C'));

    expect((await hl7.database.prisma.observation.findMany({ where: { patientId: 'P13', code: '2823-3' } })).map(({ value }) => value)).toEqual([6.1]);
  });

  it('adds allergies and weight from ADT^A08', async () => {
    const answer = await hl7.send(`MSH|^~\\&|HIS|HOSPITAL|CARELOOP||20261122||ADT^A08^ADT_A01|${controlId()}|P|2.5.1\rEVN|A08|20261122\rPID|1||P13^^^^MR\rOBX|1|NM|29463-7^Weight^LN||52.5|kg|||||F|||20261122\rAL1|1|DA|Penicillin||immediate\r`);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(await hl7.database.prisma.patient.findUniqueOrThrow({ where: { id: 'P13' }, include: { allergies: true } })).toMatchObject({ allergyStatus: 'recorded', allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }] });
    expect(await hl7.database.prisma.observation.findFirstOrThrow({ where: { patientId: 'P13', code: '29463-7' } })).toMatchObject({ value: 52.5 });
    expect(hl7.recorded).toEqual([expect.objectContaining({ message: 'patientFactsChanged', correlationKey: 'P13' })]);
  });
});

describe('bad messages', () => {
  const change = (pattern: RegExp | string, by: string): string => newOrder().replace(pattern, by);

  it.each([
    ['an unknown patient', () => newOrder({ patient: 'P99' }), 'AE', '204', 'PID^1^3', 'UNKNOWN_PATIENT'],
    ['an unknown drug', () => newOrder({ drug: 'snake-oil' }), 'AE', '204', 'RXO^1^1', 'UNKNOWN_DRUG'],
    ['an unknown frequency', () => newOrder({ frequency: 'q5h' }), 'AE', '103', 'TQ1^1^3', 'UNKNOWN_FREQUENCY'],
    ['a dose that is no number', () => newOrder({ dose: '5OO' }), 'AE', '102', 'RXO^1^2', 'NUMBER_INVALID'],
    ['a dose of zero', () => newOrder({ dose: '0' }), 'AE', '102', 'RXO^1^2', 'NUMBER_INVALID'],
    ['a missing segment', () => change(/RXO[^\r]*\r/, ''), 'AE', '100', 'RXO^1', 'SEGMENT_MISSING'],
    ['a duplicated segment', () => change(/(PID[^\r]*\r)/, '$1$1'), 'AE', '100', 'PID^2', 'SEGMENT_DUPLICATED'],
    ['two orders in one message', () => change(/(ORC[^\r]*\r)/, '$1$1'), 'AE', '100', 'ORC^2', 'SEGMENT_DUPLICATED'],
    ['a missing order number', () => newOrder({ orderId: '' }), 'AE', '101', 'ORC^1^2', 'FIELD_MISSING'],
    ['an unknown control code', () => change('ORC|NW|', 'ORC|XX|'), 'AE', '103', 'ORC^1^1', 'CONTROL_CODE_UNSUPPORTED'],
    ['another’s encounter', () => change(/\rORC/, `\rPV1|1|I${'|'.repeat(17)}E-P13\rORC`), 'AE', '204', 'PV1^1^19', 'UNKNOWN_ENCOUNTER'],
    ['an unsupported type', () => change('ORM^O01^ORM_O01', 'MDM^T02'), 'AR', '200', 'MSH^1^9', 'MESSAGE_TYPE_UNSUPPORTED'],
    ['an unsupported event', () => change('ORM^O01^ORM_O01', 'ORM^O99'), 'AR', '201', 'MSH^1^9^1^2', 'EVENT_UNSUPPORTED'],
    ['an unsupported version', () => change('|2.5.1|', '|3.0|'), 'AR', '203', 'MSH^1^12', 'VERSION_UNSUPPORTED'],
    ['an unsupported charset', () => change('UNICODE UTF-8', 'ISO IR87'), 'AE', '103', 'MSH^1^18', 'CHARSET_UNSUPPORTED'],
    ['a second message in the frame', () => newOrder() + newOrder(), 'AR', '100', 'MSH^2', 'SEGMENT_DUPLICATED'],
  ])('refuses %s precisely, on record, and goes on', async (_what, make, acknowledgment, condition, location, code) => {
    const before = (await hl7.refusals()).length;

    const answer = await hl7.send(make());
    const next = await hl7.send(newOrder());

    expect([field(answer, 'MSA', 1), field(answer, 'ERR', 2), field(answer, 'ERR', 3).split('^')[0], field(answer, 'ERR', 5)]).toEqual([acknowledgment, location, condition, code]);
    expect(answer).not.toMatch(/P99|snake-oil|q5h|5OO|E-P13/);
    const entries = (await hl7.refusals()).slice(before);
    expect(entries).toEqual([expect.objectContaining({ reason: expect.stringContaining(code) })]);
    expect(field(next, 'MSA', 1)).toBe('AA');
  });

  it('refuses GB 18030 bytes in a message that says UTF-8, and answers a repeat the same', async () => {
    const text = Buffer.from(toFrame(newOrder({ charset: 'GB 18030-2000', orderedBy: '张医生' })).toString('latin1').replace('GB 18030-2000', 'UNICODE UTF-8'), 'latin1');

    const answers = [await hl7.send(text), await hl7.send(text)];

    expect([field(answers[0] ?? '', 'MSA', 1), field(answers[0] ?? '', 'ERR', 5)]).toEqual(['AE', 'CHARSET_INVALID']);
    expect(answers[1]).toBe(answers[0]);
    expect(hl7.recorded).toEqual([]);
  });

  it('refuses what has no control id', async () => {
    const answers = [await hl7.send(newOrder({ controlId: 'gone' }).replace('|gone|', '||')), await hl7.send(Buffer.from('\x0bhello\x1c\r'))];

    expect(answers.map((answer) => [field(answer, 'MSA', 1), field(answer, 'ERR', 5)])).toEqual([['AR', 'FIELD_MISSING'], ['AR', 'HEADER_INVALID']]);
  });
});
