import { sendMessages, writeOrderChange } from '../../simulators/index.ts';
import { controlId, field, newOrder, TestHl7Door } from '../support/hl7-door.ts';

let hl7: TestHl7Door;
beforeAll(async () => {
  hl7 = await TestHl7Door.start();
}, 300_000);
afterAll(() => hl7.stop());
beforeEach(() => hl7.open());
afterEach(() => hl7.closeDoors());

describe('a new order', () => {
  it('is answered with AA once order, message and command are stored', async () => {
    const text = newOrder({ orderId: 'O-1', controlId: 'C-1', priority: 'stat', orderedBy: 'D007' });

    const answer = await hl7.send(text);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(field(answer, 'MSA', 2)).toBe('C-1');
    expect(hl7.recorded).toEqual([
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
    expect(await hl7.database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-1' } })).toMatchObject({ patientId: 'P12', dose: 500, status: 'received', instanceId: '00000000-0000-4000-8000-000000000001' });
    const stored = await hl7.database.prisma.hl7Message.findUniqueOrThrow({ where: { id: 'HIS|HOSPITAL|C-1' } });
    expect(stored.acknowledgement).toBe(answer);
    expect(JSON.stringify(stored.frame)).not.toContain('P12');
    expect((await hl7.owner.query(`select 1 from audit_entry where action = 'order.received' and patient_id = 'P12'`)).rowCount).toBe(1);
  });

  it.each(['OMP^O09', 'RDE^O11'] as const)('is taken as %s too, also in GB 18030', async (type) => {
    const answer = await hl7.send(newOrder({ type, charset: 'GB 18030-2000', orderedBy: '张医生', volumeMl: '250', rateMlPerHour: '100', line: 'peripheral', dose: '20', unit: 'mmol', frequency: 'once', priority: 'rescue' }));

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(field(answer, 'MSH', 17)).toBe('GB 18030-2000');
    expect(hl7.recorded[0]).toMatchObject({ actor: { onBehalfOf: '张医生' }, variables: { order: { orderType: 'one-time', priority: 'rescue', infusion: { volumeMl: 250, rateMlPerHour: 100, line: 'peripheral', concentrationMmolPerL: 80 } } } });
  });

  it('is taken with its times in ORC-7, as older versions have them', async () => {
    const text = `MSH|^~\\&|HIS|HOSPITAL|CARELOOP||20261122||ORM^O01|${controlId()}|P|2.3.1\rPID|1||P12\rPV1|1|I|||||||||||||||||E-P12\rORC|NW|O-${controlId()}|||||500^q8h^^20261122080000^20261125080000^S||20261122|||D1\rRXO|amoxicillin|||mg\rRXR|po\r`;

    const answer = await hl7.send(text);

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(hl7.recorded[0]).toMatchObject({ variables: { order: { frequency: 'q8h', dose: 500, route: 'PO', priority: 'stat', startAt: '2026-11-22T00:00:00.000Z', stopAt: '2026-11-25T00:00:00.000Z' } } });
  });

  it('is answered the same when it is repeated, with no second effect', async () => {
    const text = newOrder();

    const first = await hl7.send(text);
    const repeat = await hl7.send(text);

    expect(repeat).toBe(first);
    expect(hl7.recorded).toHaveLength(1);
  });

  it('has one effect and one answer when it comes ten times at once', async () => {
    const text = newOrder({ orderId: 'O-ten' });

    const answers = await Promise.all(Array.from({ length: 10 }, () => hl7.send(text)));

    expect(new Set(answers).size).toBe(1);
    expect(field(answers[0] ?? '', 'MSA', 1)).toBe('AA');
    // The command service sees one key, and takes it once.
    expect(new Set(hl7.recorded.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await hl7.database.prisma.medicationOrder.count({ where: { id: 'O-ten' } })).toBe(1);
  });

  it('is refused under a control id that another message has, and the first one stands', async () => {
    const first = await hl7.send(newOrder({ controlId: 'C-reused' }));

    const second = await hl7.send(newOrder({ controlId: 'C-reused', dose: '1000' }));

    expect(field(first, 'MSA', 1)).toBe('AA');
    expect(field(second, 'MSA', 1)).toBe('AR');
    expect(field(second, 'ERR', 5)).toBe('CONTROL_ID_REUSED');
    expect(hl7.recorded).toHaveLength(1);
    expect((await hl7.database.prisma.hl7Message.findUniqueOrThrow({ where: { id: 'HIS|HOSPITAL|C-reused' } })).acknowledgement).toBe(first);
  });

  it('is refused under a placer order number that another order has', async () => {
    await hl7.send(newOrder({ orderId: 'O-used' }));

    const answer = await hl7.send(newOrder({ orderId: 'O-used', patient: 'P13' }));

    expect([field(answer, 'MSA', 1), field(answer, 'ERR', 2), field(answer, 'ERR', 5)]).toEqual(['AE', 'ORC^1^2', 'ORDER_NUMBER_IN_USE']);
    expect((await hl7.database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-used' } })).patientId).toBe('P12');
  });

  it('is finished by a repeat when the inbox could not be reached, with the same command', async () => {
    const text = newOrder({ orderId: 'O-again' });
    hl7.nextOutcomes = [new Error('connection to P12’s database lost')];

    const first = await hl7.send(text);
    const repeat = await hl7.send(text);

    expect([field(first, 'MSA', 1), field(first, 'ERR', 3).slice(0, 3)]).toEqual(['AR', '207']);
    expect(first).not.toContain('P12');
    expect(field(repeat, 'MSA', 1)).toBe('AA');
    expect(hl7.recorded.map((command) => command.kind === 'start' && command.businessKey)).toEqual(['O-again']);
  });

  it('may be corrected under the same number when the process refused it', async () => {
    hl7.nextOutcomes = [{ status: 'refused', commandId: 'c', failure: { code: 'VARIABLE_WRONG_TYPE', message: 'Expected a number, but found text', place: 'order' } }];
    const refused = await hl7.send(newOrder({ orderId: 'O-corrected' }));

    const corrected = await hl7.send(newOrder({ orderId: 'O-corrected', dose: '250' }));

    expect([field(refused, 'MSA', 1), field(refused, 'ERR', 5)]).toEqual(['AE', 'VARIABLE_WRONG_TYPE']);
    expect(field(corrected, 'MSA', 1)).toBe('AA');
    expect(await hl7.database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: 'O-corrected' } })).toMatchObject({ dose: 250, status: 'received' });
  });
});

describe('a change of an order', () => {
  it.each([['DC', 'orderDiscontinued'], ['CA', 'orderDiscontinued'], ['HD', 'orderHeld'], ['RL', 'orderReleased']] as const)('%s becomes the message %s', async (control, message) => {
    const orderId = `O-${control}`;
    await hl7.send(newOrder({ orderId }));

    const answer = await hl7.send(writeOrderChange({ controlId: controlId(), orderId, patient: 'P12', control, reason: 'wrong|dose', orderedBy: 'D9' }));

    expect(field(answer, 'MSA', 1)).toBe('AA');
    expect(hl7.recorded[1]).toMatchObject({ kind: 'message', message, correlationKey: orderId, payload: { orderId, control, reason: 'wrong|dose', requestedBy: 'D9' } });
    expect((await hl7.database.prisma.medicationOrder.findUniqueOrThrow({ where: { id: orderId } })).stopAt !== null).toBe(control === 'DC' || control === 'CA');
  });

  it('is refused for an unknown order, another patient’s, and one that has ended', async () => {
    await hl7.send(newOrder({ orderId: 'O-P12' }));
    await hl7.send(newOrder({ orderId: 'O-ended' }));
    await hl7.database.prisma.medicationOrder.update({ where: { id: 'O-ended' }, data: { status: 'completed' } });
    const change = (orderId: string, patient: string, control: 'HD' | 'DC') => writeOrderChange({ controlId: controlId(), orderId, patient, control });

    const answers = await sendMessages([change('O-none', 'P12', 'DC'), change('O-P12', 'P13', 'DC'), change('O-ended', 'P12', 'HD'), change('O-ended', 'P12', 'DC')], { port: hl7.port });

    expect(answers.map((answer) => [field(answer, 'MSA', 1), field(answer, 'ERR', 5)])).toEqual([['AE', 'UNKNOWN_ORDER'], ['AE', 'ORDER_OF_OTHER_PATIENT'], ['AE', 'ORDER_ENDED'], ['AA', '']]);
    expect(hl7.recorded.filter(({ kind }) => kind === 'message')).toEqual([]);
  });
});
